# Two stages, since building needs the compiler: the second holds the built program and its own dependencies alone.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/seeds ./seeds
# A store in the container (file:/data) belongs on a volume; the default of the compose file is EventStoreDB.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
ENV TRACKER_STORE=file:/data
EXPOSE 8080
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["start"]
