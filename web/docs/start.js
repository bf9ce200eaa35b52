/** Draws the API's own document; nothing is asked of any other host. */
window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  // Else the document's address is shown to a validator elsewhere.
  validatorUrl: null,
});
