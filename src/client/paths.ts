/** Made from /openapi.json by scripts/client-types.mjs: not to be edited. */
export interface paths {
    "/v1/announcements/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: announcements, latest first
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainAnnouncementsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: one announcement: parties, terms, and every reading of when it was made
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainAnnouncement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/timeline/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: what followed, as a tree of causes in a flat list
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/reconciliation/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: claims held against measurements and against each other: verdict, gap, least relaxation, evidence
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/claims/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: what was committed and forecast as part of an announcement, and what became of it
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainAnnouncementClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/reaction/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: event study of a share's reaction: abnormal returns with their statistics, confounders, refusals
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainReaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/confounders/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: what else touched shares in the days around it: results, corporate actions, other announcements
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainConfounders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/{id}/reaction/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: the same of a day, without an announcement
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainDayReaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: instruments and the symbols they trade under at asOf
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainInstrumentsList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/{id}/market-value/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: market value over time: measured closes, what is derived from them, and what sources claim
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainMarketValue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/market-value/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: several instruments side by side, as flat lists, with one base for their index
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainMarketValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/market-value/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: market value of an entity: the sum over its share classes, and what sources claim of it
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainEntityMarketValue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: companies, groups, people and topics
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainEntitiesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/sentiment/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: sentiment on an entity over time, by holder kind, with the expressions behind it
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainSentiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/claims/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: metrics, forecasts and commitments of an entity: open, met, missed or superseded, each with what settled it
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainEntityClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/exposure/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the values come about: who depends on whom: paths from an entity, in both directions
         * @description The same parameters as the view, and `at`: a place in its answer. Each value names the events, fields and formula that give it, and was checked against them.
         */
        get: operations["explainExposure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Announcements, latest first */
        get: operations["listAnnouncements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One announcement: parties, terms, and every reading of when it was made */
        get: operations["getAnnouncement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What followed, as a tree of causes in a flat list */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Claims held against measurements and against each other: verdict, gap, least relaxation, evidence */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was committed and forecast as part of an announcement, and what became of it */
        get: operations["getAnnouncementClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Event study of a share's reaction: abnormal returns with their statistics, confounders, refusals */
        get: operations["getReaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/announcements/{id}/confounders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What else touched shares in the days around it: results, corporate actions, other announcements */
        get: operations["getConfounders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/{id}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same of a day, without an announcement */
        get: operations["getDayReaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Instruments and the symbols they trade under at asOf */
        get: operations["listInstruments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instruments/{id}/market-value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Market value over time: measured closes, what is derived from them, and what sources claim */
        get: operations["getMarketValue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/market-value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Several instruments side by side, as flat lists, with one base for their index */
        get: operations["getMarketValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/market-value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Market value of an entity: the sum over its share classes, and what sources claim of it */
        get: operations["getEntityMarketValue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companies, groups, people and topics */
        get: operations["listEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/sentiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sentiment on an entity over time, by holder kind, with the expressions behind it */
        get: operations["getSentiment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics, forecasts and commitments of an entity: open, met, missed or superseded, each with what settled it */
        get: operations["getEntityClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entities/{id}/exposure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who depends on whom: paths from an entity, in both directions */
        get: operations["getExposure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Event study of many events: each by itself, and the tests over them that their number allows
         * @description Nothing is stored. The same body with the same basis gives the same bytes.
         */
        post: operations["studyEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reactions/{again}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A study run again, on the events that it read
         * @description With what its answer has as `again`. 409 where this version of the program makes another result of the same events.
         */
        get: operations["getReactionAgain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/asof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * As-of join: for each row the views as they were known at its own time
         * @description One line a row, in their order. A row without a value stays, with the reason. knownAt later than the row's time is refused in its row.
         */
        post: operations["joinAsOf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stored events again, in order, filtered and paced, one a line
         * @description NDJSON; with `Accept: text/event-stream` server-sent events whose id is the cursor; with follow=true also `progress` (how far everything was looked at, at least every 15 seconds) and, with until, `end`. The same query up to the same head gives the same bytes. The end of a replay that does not follow is the end of the answer; a failure on the way is a last line {"problem"} and a broken connection.
         */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stored events in log order, or of one stream; with format all of them as a table
         * @description With format the answer is no page but the whole table of events, in the order in which the world came to know them, and may be narrowed as a replay is.
         */
        get: operations["listEvents"];
        put?: never;
        /**
         * Add an event, a list of them, or NDJSON
         * @description All are checked before any is stored. Each stream is appended at once; a repetition (the same ids, or the same Idempotency-Key) stores nothing twice. Should a later stream be refused, the problem lists in `stored` what was stored before, each with its place in what was sent. Events of one stream may say at which revision they go (the body as {events, expectedRevision}, or If-Match: "5", or If-None-Match: * for a stream that must not be there yet): 409, or 412 for a header, with the current revision where it is another. With feed=true NDJSON of any length is stored as it comes; the sender waits where that is slower.
         */
        post: operations["appendEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{stream}/{revision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One stored event */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scenarios, in the order in which they were opened */
        get: operations["listScenarios"];
        put?: never;
        /**
         * Open a scenario
         * @description The same again is known and changes nothing. An id stands for one scenario for ever.
         */
        post: operations["openScenario"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One scenario: what is in it */
        get: operations["getScenario"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios/{id}/truth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ground truth: what the generators know of what they made. Nothing in the scenario sees it */
        get: operations["getScenarioTruth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A scenario beside the real world: every value of every view that its events are about, before and after, and which events caused it
         * @description An overlay is held against the real world that it lies on; against=now against the real world as it is. Both are asked at one moment: asOf, or the later of those that they would take of themselves.
         */
        get: operations["diffScenario"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios/{id}/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill a scenario from a generator; what is true of the events is kept beside it
         * @description The same again stores nothing twice. At most 200,000 events in one request; tracker synth makes as many as are wanted.
         */
        post: operations["generateEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive a scenario: it is read as before, and takes no more events */
        post: operations["archiveScenario"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calendars/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Trading days of an exchange with their hours */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the tracker, for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The projections: version, state, how far they are, what was rejected */
        get: operations["getProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process up? */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does it serve current answers? */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        NewEvent: components["schemas"]["EntityRegistered"] | components["schemas"]["InstrumentListed"] | components["schemas"]["InstrumentRenamed"] | components["schemas"]["InstrumentDelisted"] | components["schemas"]["AnnouncementMade"] | components["schemas"]["AnnouncementDated"] | components["schemas"]["AnnouncementAmended"] | components["schemas"]["BarClosed"] | components["schemas"]["FactorReturnsReported"] | components["schemas"]["PriceObserved"] | components["schemas"]["SharesOutstandingReported"] | components["schemas"]["CorporateActionTaken"] | components["schemas"]["MarketMoveReported"] | components["schemas"]["MarketValueReported"] | components["schemas"]["MarketValueChangeReported"] | components["schemas"]["SentimentExpressed"] | components["schemas"]["MetricReported"] | components["schemas"]["ForecastMade"] | components["schemas"]["RelationshipDisclosed"] | components["schemas"]["ScheduledEventRecorded"] | components["schemas"]["ObservationCorrected"] | components["schemas"]["ObservationRetracted"];
        /** @description An entity that facts may name: a company, a group of companies, a person, or a topic such as AI compute. */
        EntityRegistered: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "EntityRegistered";
            streamId?: string;
            data: {
                entity: string;
                name: string;
                /** @enum {string} */
                kind: "company" | "group" | "person" | "topic" | "other";
                /** @description of a group: the entities it consists of */
                members?: string[];
                /** @description the entity that this one is a division of */
                partOf?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description When something was true, as the source gives it */
        TimeRef: {
            /**
             * @description an instant with its zone, up to nanoseconds
             * @example 2025-11-03T14:01:35Z
             */
            at: string;
        } | {
            /**
             * @description EDTF: a day, a month, a year, or an interval A/B, closed-open, `..` for an open end
             * @example 2025-11-03
             * @example 2025-11
             * @example 2025-10-22/..
             */
            within: string;
            /** @description IANA zone in which the days are meant; absent: not printed */
            zone?: string;
            /**
             * @description the days are sessions of this exchange calendar
             * @enum {string}
             */
            calendar?: "US";
        } | {
            /**
             * @description EDTF: a day, a month, a year, or an interval A/B, closed-open, `..` for an open end
             * @example 2025-11-03
             * @example 2025-11
             * @example 2025-10-22/..
             */
            throughout: string;
            /** @description IANA zone in which the days are meant; absent: not printed */
            zone?: string;
            /**
             * @description the days are sessions of this exchange calendar
             * @enum {string}
             */
            calendar?: "US";
        } | {
            /** @description an announcement id */
            relative: string;
            /** @enum {string} */
            side: "before" | "after";
        } | {
            /** @constant */
            unknown: true;
        };
        /** @description When it was published, as precisely as it was printed */
        PublishedRef: {
            /**
             * @description an instant with its zone, up to nanoseconds
             * @example 2025-11-03T14:01:35Z
             */
            at: string;
            /**
             * @description default: printed
             * @enum {string}
             */
            basis?: "printed" | "estimated";
            reason?: string;
        } | {
            /**
             * @description EDTF: a day, a month, a year, or an interval A/B, closed-open, `..` for an open end
             * @example 2025-11-03
             * @example 2025-11
             * @example 2025-10-22/..
             */
            within: string;
            /** @description IANA zone in which the days are meant; absent: not printed */
            zone?: string;
            /**
             * @description the days are sessions of this exchange calendar
             * @enum {string}
             */
            calendar?: "US";
            /**
             * @description default: printed
             * @enum {string}
             */
            basis?: "printed" | "estimated";
            reason?: string;
        };
        Source: {
            /** @description short name of the document, one for all its facts */
            document: string;
            /** @description paragraph, page or row */
            locator?: string;
            /** Format: uri */
            address?: string;
        };
        EventReference: {
            id: string;
            streamId: string;
            /** @description absent while the original has not arrived */
            revision?: number;
        };
        /** @description An instrument and the symbol it trades under, valid from occurredAt on. */
        InstrumentListed: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "InstrumentListed";
            streamId?: string;
            data: {
                instrument: string;
                /** @description the issuer; an index has none */
                entity?: string;
                symbol: string;
                name: string;
                /** @enum {string} */
                kind: "share" | "index" | "fund" | "other";
                currency?: string;
                /** @enum {string} */
                calendar: "US";
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description Another symbol, and it may be another name, for a listed instrument, valid from occurredAt on. Its id stays. */
        InstrumentRenamed: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "InstrumentRenamed";
            streamId?: string;
            data: {
                instrument: string;
                symbol: string;
                name?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description An instrument that no longer trades, from occurredAt on: its symbol stands for it no longer, its id does. */
        InstrumentDelisted: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "InstrumentDelisted";
            streamId?: string;
            data: {
                instrument: string;
                /** @enum {string} */
                reason?: "merged" | "liquidated" | "moved" | "other";
                /** @description the instrument that its holders got, or that it trades as now */
                successor?: string;
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description An announcement and its terms, as one source gives them. When it was made is a matter of AnnouncementDated. */
        AnnouncementMade: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "AnnouncementMade";
            streamId?: string;
            data: {
                announcement: string;
                title: string;
                parties: {
                    entity: string;
                    role: string;
                }[];
                commitment?: {
                    amount: components["schemas"]["Quantity"];
                    /**
                     * Format: duration
                     * @description ISO 8601, such as P7Y
                     */
                    duration?: string;
                };
                purpose?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A figure as printed */
        Quantity: {
            /**
             * @description how the source says it; a bare printed figure is `rounded`
             * @enum {string}
             */
            as: "exact" | "rounded" | "about" | "moreThan" | "atLeast" | "lessThan" | "atMost" | "nearly";
            /**
             * @example 4.7
             * @example 258.38
             * @example 38e9
             */
            value: string;
            /** @description a currency code, percent, ratio, shares, users … */
            unit: string;
            /** @enum {string} */
            direction?: "up" | "down";
        } | {
            /** @constant */
            as: "order";
            value: string;
            /** @description a currency code, percent, ratio, shares, users … */
            unit: string;
            /** @enum {string} */
            direction?: "up" | "down";
        } | {
            /** @constant */
            as: "range";
            /**
             * @example 4.7
             * @example 258.38
             * @example 38e9
             */
            from: string;
            /**
             * @example 4.7
             * @example 258.38
             * @example 38e9
             */
            to: string;
            /** @description a currency code, percent, ratio, shares, users … */
            unit: string;
            /** @enum {string} */
            direction?: "up" | "down";
        } | {
            /** @constant */
            as: "direction";
            /** @enum {string} */
            direction: "up" | "down";
            /** @description a currency code, percent, ratio, shares, users … */
            unit?: string;
        };
        /** @description A report of when an announcement became public. Views intersect the readings of the highest confidence and list the others. */
        AnnouncementDated: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "AnnouncementDated";
            streamId?: string;
            data: {
                announcement: string;
                /** @description a moment ({at}), a period with one moment in it ({within}); "public by t" is {"within": "../t"} */
                when: components["schemas"]["TimeRef"];
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A change that the parties themselves made to what they had announced, valid from occurredAt on. A source that was wrong about an announcement is corrected by ObservationCorrected. */
        AnnouncementAmended: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "AnnouncementAmended";
            streamId?: string;
            data: {
                announcement: string;
                /** @enum {string} */
                change: "extended" | "reduced" | "replaced" | "ended" | "other";
                /** @description the change in a few words */
                summary: string;
                /** @description what comes on top of the commitment */
                added?: components["schemas"]["Quantity"];
                /** @description the whole commitment as it stands from then on */
                total?: components["schemas"]["Quantity"];
                /**
                 * Format: duration
                 * @description ISO 8601, such as P8Y, from the change on
                 */
                duration?: string;
                /** @description further terms, one a line */
                terms?: string[];
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description One session of an instrument, observed at its close. Exactly observed: plain numbers. */
        BarClosed: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "BarClosed";
            streamId?: string;
            data: {
                instrument: string;
                open?: number;
                high?: number;
                low?: number;
                close: number;
                volume?: number;
                session: {
                    /** Format: date */
                    date: string;
                    /** @enum {string} */
                    calendar: "US";
                    /** @constant */
                    kind: "regular";
                };
                /** @description absent for an index */
                currency?: string;
                /**
                 * @description what the prices were adjusted for
                 * @enum {string}
                 */
                adjustment: "none" | "split" | "total-return";
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description One session's returns of a set of factors, as ratios (0.01 is one per cent). A factor that the vendor has no return of is left out. Without publishedAt they are known from when they are recorded: vendors publish weeks later. */
        FactorReturnsReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "FactorReturnsReported";
            streamId?: string;
            data: {
                /** @description the set, such as fama-french-3 */
                factors: string;
                session: {
                    /** Format: date */
                    date: string;
                    /** @enum {string} */
                    calendar: "US";
                    /** @constant */
                    kind: "regular";
                };
                /** @description factor → return, such as {"mkt-rf": 0.0017, "smb": -0.002} */
                returns: {
                    [key: string]: number;
                };
                /** @description return of the riskless rate over the session, where the set has it */
                riskFree?: number;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A price that a source prints. */
        PriceObserved: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "PriceObserved";
            streamId?: string;
            data: {
                instrument: string;
                price: components["schemas"]["Quantity"];
                /** @enum {string} */
                session: "pre" | "regular" | "post" | "unknown";
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A count of shares outstanding. occurredAt is the date of the count, open until superseded. */
        SharesOutstandingReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "SharesOutstandingReported";
            streamId?: string;
            data: {
                instrument: string;
                shares: components["schemas"]["Quantity"];
                /**
                 * @description never mixed with one another
                 * @enum {string}
                 */
                basis: "total" | "float" | "diluted" | "weighted-average";
                /** @description two reports of one filing are one claim */
                filing?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description What a company did to its shares. occurredAt is open from the first session that trades with it (a split) or without it (a dividend); it is known from its publication, which may come before. */
        CorporateActionTaken: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "CorporateActionTaken";
            streamId?: string;
            data: {
                instrument: string;
                /** @enum {string} */
                action: "split" | "cash-dividend" | "stock-dividend" | "spin-off" | "other";
                /** @description of a split: {"new": 10, "old": 1} is ten for one */
                ratio?: {
                    new: number;
                    old: number;
                };
                /** @description of a dividend: for each share */
                amount?: components["schemas"]["Quantity"];
                /** Format: date */
                declared?: string;
                /** Format: date */
                payable?: string;
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A relative move of a price or market value, as reported. */
        MarketMoveReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "MarketMoveReported";
            streamId?: string;
            data: {
                instrument: string;
                /** @enum {string} */
                measure: "price" | "market-value";
                change: components["schemas"]["Quantity"];
                /** @description the price at the end of the move */
                price?: components["schemas"]["Quantity"];
                from: components["schemas"]["TimeRef"];
                /** @description the same as occurredAt, which may be left out */
                to: components["schemas"]["TimeRef"];
                /** @enum {string} */
                base: "previous-close" | "open" | "period-start" | "before-announcement" | "unknown";
                /** @enum {string} */
                session: "pre" | "regular" | "post" | "unknown";
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A market value, as reported. */
        MarketValueReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "MarketValueReported";
            streamId?: string;
            data: {
                instrument?: string;
                entity?: string;
                value: components["schemas"]["Quantity"];
                price?: components["schemas"]["Quantity"];
                /** @enum {string} */
                session: "pre" | "regular" | "post" | "unknown";
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A change of market value in currency, as reported. */
        MarketValueChangeReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "MarketValueChangeReported";
            streamId?: string;
            data: {
                instrument?: string;
                entity?: string;
                change: components["schemas"]["Quantity"];
                from: components["schemas"]["TimeRef"];
                /** @description the same as occurredAt, which may be left out */
                to: components["schemas"]["TimeRef"];
                /** @enum {string} */
                base: "previous-close" | "open" | "period-start" | "before-announcement" | "unknown";
                /** @enum {string} */
                session: "pre" | "regular" | "post" | "unknown";
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A view that somebody expressed of a subject. A price move is never sentiment. */
        SentimentExpressed: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "SentimentExpressed";
            streamId?: string;
            data: {
                /** @description the subject */
                entity: string;
                holder: {
                    entity?: string;
                    name?: string;
                    /** @enum {string} */
                    kind: "investor" | "analyst" | "management" | "press" | "regulator" | "legislator" | "customer" | "other";
                    /** @description how many people are meant, where printed */
                    count?: number;
                };
                /** @enum {string} */
                aspect: "revenue" | "profitability" | "financing" | "demand" | "valuation" | "competition" | "product" | "governance" | "other";
                /** @description the aspect in words, kept beside its place in the closed list */
                aspectText?: string;
                claim: string;
                score: number | ("positive" | "negative") | {
                    lo: number;
                    hi: number;
                };
                relevance: number;
                method: {
                    name: string;
                    version: number;
                    /** @description the line of the rubric that gave the score */
                    item: string;
                };
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A measured figure of an entity, as reported. */
        MetricReported: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "MetricReported";
            streamId?: string;
            data: {
                entity: string;
                metric: string;
                value: components["schemas"]["Quantity"];
                period?: components["schemas"]["TimeRef"];
                by?: {
                    entity?: string;
                    name?: string;
                    /** @enum {string} */
                    kind: "investor" | "analyst" | "management" | "press" | "regulator" | "legislator" | "customer" | "other";
                    /** @description how many people are meant, where printed */
                    count?: number;
                };
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A statement about the future, or an aim, with the horizon it was given. */
        ForecastMade: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "ForecastMade";
            streamId?: string;
            data: {
                entity: string;
                by: {
                    entity?: string;
                    name?: string;
                    /** @enum {string} */
                    kind: "investor" | "analyst" | "management" | "press" | "regulator" | "legislator" | "customer" | "other";
                    /** @description how many people are meant, where printed */
                    count?: number;
                };
                metric: string;
                claim: string;
                value?: components["schemas"]["Quantity"];
                /** @description EDTF */
                horizon?: {
                    notBefore?: string;
                    notAfter?: string;
                };
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description How one entity depends on, supplies, owns or finances another. */
        RelationshipDisclosed: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "RelationshipDisclosed";
            streamId?: string;
            data: {
                entity: string;
                other: string;
                /** @enum {string} */
                relation: "depends-on" | "supplies" | "owns" | "finances" | "partners-with" | "buys-from" | "competes-with";
                note?: string;
                amount?: components["schemas"]["Quantity"];
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description What can contaminate a window around another event: results, an ex-date, a filing, a halt, or news of the day. occurredAt is when it takes place, which may lie after its publication. */
        ScheduledEventRecorded: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "ScheduledEventRecorded";
            streamId?: string;
            data: {
                instrument?: string;
                /** @description where it is not about one instrument: a market, a company that is not listed */
                entity?: string;
                /** @enum {string} */
                kind: "earnings" | "ex-dividend" | "index-change" | "filing" | "trading-halt" | "market-closure" | "policy" | "news" | "other";
                /** @description what it is, in a few words */
                label: string;
                /** @enum {string} */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description a figure that belongs to it, such as the dividend */
                amount?: components["schemas"]["Quantity"];
                note?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A corrected observation: the payload that stands in place of the one it names, at the same valid time (give that as occurredAt). */
        ObservationCorrected: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "ObservationCorrected";
            streamId?: string;
            data: {
                corrects: components["schemas"]["EventReference"];
                /** @description the first event of the fact, where the event named is itself a correction or retraction; default: the event named */
                original?: components["schemas"]["EventReference"];
                /** @description the type of the corrected event */
                type: string;
                schemaVersion: number;
                data: {
                    [key: string]: components["schemas"]["__schema0"];
                };
                reason?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description A withdrawn observation. Withdrawing a correction lets what it corrected stand again; withdrawing the first event of a fact takes the fact away. */
        ObservationRetracted: {
            /** Format: uuid */
            id?: string;
            /** @constant */
            type: "ObservationRetracted";
            streamId?: string;
            data: {
                retracts: components["schemas"]["EventReference"];
                /** @description the first event of the fact, where the event named is itself a correction or retraction; default: the event named */
                original?: components["schemas"]["EventReference"];
                reason?: string;
            };
            metadata: {
                schemaVersion?: number;
                /** @description valid time: when it was true */
                occurredAt?: components["schemas"]["TimeRef"];
                /** @description from when anybody could know it; absent: from when the store recorded it (a bar: from its end) */
                publishedAt?: components["schemas"]["PublishedRef"];
                source: components["schemas"]["Source"];
                /** @default 1 */
                confidence: number;
                /** @description the announcement (its id) or other whole that this belongs to */
                $correlationId?: string;
                /** @description id of the event that caused this one */
                $causationId?: string;
                /** @description the report that this one repeats */
                repeats?: components["schemas"]["EventReference"];
                /** @description the scenario of a synthetic event; set when it is let in, and absent in the real world */
                scenario?: string;
            };
        };
        /** @description events of one stream, stored where it is as expected, or not at all */
        NewEventsAtRevision: {
            events: components["schemas"]["NewEvent"][];
            /** @description the revision that the last event of their stream must have; no_stream: there must be none yet */
            expectedRevision: number | "no_stream";
        };
        __schema0: unknown;
        Explanation: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            /** @description the place that was asked for */
            at: string;
            /** @description values there; `limit` cuts their list */
            total: number;
            /** @description projections and rules that made the answer, name@version */
            versions: string[];
            /** @description version of the rule that says what a printed figure allows */
            quantityRule: number;
            /** @description version of the exchange calendar */
            calendar: number;
            values: components["schemas"]["Explained"][];
            /** @description the events behind the inputs, each once */
            sources: components["schemas"]["ExplanationSource"][];
        };
        Explained: {
            /** @description JSON pointer into the answer */
            at: string;
            value: string | number | boolean | null;
            says: string;
            /** @enum {string} */
            how: "stored" | "printed" | "computed" | "derived" | "counted" | "given";
            formula: string | null;
            steps: string[];
            inputs: components["schemas"]["ExplanationInput"][];
            /** @description the inputs, read back and computed again, gave the value; null: steps to follow by hand */
            checked: boolean | null;
        };
        ExplanationInput: {
            name: string;
            value: string | number | boolean | null;
            /** @description the figure as its source printed it */
            printed: string | null;
            /** @description where it stands in the same answer: can be explained in its turn */
            at: string | null;
            /** @description link of the event that it rests on */
            event: string | null;
            /** @description where it stands in that event */
            field: string | null;
        };
        ExplanationSource: {
            event: string;
            eventId: string;
            type: string;
            document: string | null;
            /** @description paragraph, page or row */
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description when it was true, as given */
            occurredAt: string | null;
            /** @description when it was published, as given; null: known from when it was recorded, or, a bar, from its end */
            publishedAt: string | null;
            recordedAt: string;
        };
        Problem: {
            /** @description names the kind of problem */
            type: string;
            title: string;
            status: number;
            /** @description what was wrong here, and what to do */
            detail: string;
            instance?: string;
            errors?: {
                path: string;
                expected: string;
                received: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        Announcements: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcements: components["schemas"]["Announcement"][];
        };
        Announcement: {
            announcement: string;
            title: string;
            parties: {
                entity: string;
                name: string;
                role: string;
            }[];
            amount: string | null;
            amountLo: number | null;
            amountHi: number | null;
            duration: string | null;
            purpose: string | null;
            /** @description not before; null: open, or not dated yet */
            publicFrom: string | null;
            /** @description not after; null: not dated yet */
            publicBy: string | null;
            /** @enum {string} */
            dated: "undated" | "dated" | "conflict";
            /**
             * @description not-known-yet: only a report of its date is known
             * @enum {string}
             */
            terms: "known" | "not-known-yet";
            effects: number;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        AnnouncementsGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Announcements"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        CellProblem: {
            /** @description instant in UTC; null: open or unknown */
            asOf: string | null;
            /** @description instant in UTC; null: open or unknown */
            knownAt: string | null;
            /** @description names the kind of problem */
            type: string;
            status: number;
            /** @description what was wrong here, and what to do */
            detail: string;
        } & {
            [key: string]: unknown;
        };
        /** @description server-sent events: snapshot {basis, keys, body}, change {basis, upserts, retractions}, progress {basis, state}, reset {reason}, problem, end {basis}, dropped {reason} (docs/live.md) */
        Stream: string;
        AnnouncementDetail: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcement: string;
            title: string;
            parties: {
                entity: string;
                name: string;
                role: string;
            }[];
            amount: string | null;
            amountLo: number | null;
            amountHi: number | null;
            duration: string | null;
            purpose: string | null;
            /** @description not before; null: open, or not dated yet */
            publicFrom: string | null;
            /** @description not after; null: not dated yet */
            publicBy: string | null;
            /** @enum {string} */
            dated: "undated" | "dated" | "conflict";
            /**
             * @description not-known-yet: only a report of its date is known
             * @enum {string}
             */
            terms: "known" | "not-known-yet";
            effects: number;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
            readings: {
                text: string;
                /** @description instant in UTC; null: open or unknown */
                from: string | null;
                /** @description instant in UTC; null: open or unknown */
                to: string | null;
                /** @enum {string} */
                relation: "used" | "agrees" | "overlaps" | "disagrees";
                note: string | null;
                document: string;
                locator: string | null;
                address: string | null;
                confidence: number;
                /** @description the event behind it */
                event: string;
                eventId: string;
                /** @description instant in UTC; null: open or unknown */
                knownFrom: string | null;
                knownPrecision: string;
                /** @description the publication time is an estimate of the author of the seed */
                estimated: boolean;
            }[];
            /** @description instruments that its effects are about */
            instruments: string[];
            entities: string[];
        };
        AnnouncementDetailGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["AnnouncementDetail"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Timeline: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcement: string;
            title: string;
            /**
             * @description relative: no date is known yet
             * @enum {string}
             */
            axis: "absolute" | "relative";
            /** @description instant in UTC; null: open or unknown */
            publicFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            publicBy: string | null;
            /** @description parents before children, siblings in valid order */
            nodes: components["schemas"]["TimelineNode"][];
        };
        TimelineNode: {
            id: string;
            parent: string | null;
            depth: number;
            type: string;
            label: string;
            subject: string | null;
            when: string;
            /** @description instant in UTC; null: open or unknown */
            possibleFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            certainFrom: string | null;
            /** @description the earliest it can have been, from the moment by which the announcement was public */
            relativeFromSeconds: number | null;
            /** @description the latest it can have been; the same where the source gives a moment; null while the announcement is undated, or where the time is open */
            relativeSeconds: number | null;
            side: ("before" | "after") | null;
            /**
             * @description possible: its imprecise time straddles asOf
             * @enum {string}
             */
            status: "certain" | "possible";
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        TimelineGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Timeline"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Reconciliation: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcement: string;
            title: string;
            rule: number;
            quantityRule: number;
            /** @description instant in UTC; null: open or unknown */
            publicFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            publicBy: string | null;
            /** @description readings of when, within that window, it began to be public */
            starts: {
                /** @description instant in UTC; null: open or unknown */
                from: string | null;
                /** @enum {string} */
                kind: "not-before" | "reported" | "inferred";
                sentence: string;
                event: string | null;
                confidence: number | null;
            }[];
            /** @description the commitment by the year, where amount and duration are stated */
            paceLo: number | null;
            paceHi: number | null;
            verdicts: {
                agree: number;
                compatible: number;
                conflict: number;
                "different-moments": number;
                incomparable: number;
            };
            /** @description conflicts first */
            findings: components["schemas"]["Finding"][];
            /** @description claims that nothing measured can be held against */
            unchecked: {
                subject: string;
                subjectName: string;
                text: string;
                reason: string;
                sentence: string;
                event: string;
            }[];
        };
        Finding: {
            id: string;
            /** @enum {string} */
            topic: "public" | "date" | "terms" | "order" | "before" | "base" | "shares" | "measured" | "record" | "claims" | "moments";
            subject: string;
            subjectName: string;
            /**
             * @description agree: one interval lies inside the other; compatible: they only overlap; conflict: they exclude each other; different-moments; incomparable: see reason
             * @enum {string}
             */
            verdict: "agree" | "compatible" | "conflict" | "different-moments" | "incomparable";
            reason: ("currency" | "base" | "share-basis" | "adjustment" | "outside-hours" | "values-differ") | null;
            sentence: string;
            /** @description what is compared */
            variable: string | null;
            /** @description a currency, ratio, shares, years, or seconds since 1970 */
            unit: string | null;
            statedLo: number | null;
            statedHi: number | null;
            statedLoClosed: boolean;
            statedHiClosed: boolean;
            /** @description what the rest of the evidence leaves of it */
            impliedLo: number | null;
            impliedHi: number | null;
            impliedLoClosed: boolean;
            impliedHiClosed: boolean;
            /** @description of a conflict: the distance between the two, in `unit` */
            gap: number | null;
            /** @description the price at which a claimed change is true */
            needsLo: number | null;
            needsHi: number | null;
            leastRelaxation: components["schemas"]["Relaxation"] | null;
            relaxations: components["schemas"]["Relaxation"][];
            /** @description the measured prices of the first session of the claim */
            readings: {
                /** @description link of the bar */
                event: string;
                date: string;
                /** @enum {string} */
                at: "open" | "high" | "low" | "close";
                price: number;
                /** @description does the claim speak of that moment? */
                inWindow: boolean;
                changeLo: number | null;
                changeHi: number | null;
                valueChangeLo: number | null;
                valueChangeHi: number | null;
                /** @description how far the claim is from it, in the unit of the finding */
                gap: number | null;
                /** @description would the claim be true of this price? */
                holds: boolean | null;
            }[];
            steps: string[];
            evidence: components["schemas"]["ReconciliationEvidence"][];
        };
        Relaxation: {
            sentence: string;
            /** @description the figure that would have to give way */
            figure: string;
            /** @enum {string} */
            end: "lo" | "hi";
            from: number;
            to: number;
            /** @description false: the end must go beyond `to` */
            reached: boolean;
            by: number;
            unit: string;
            /** @description by, as a part of the size of the end (of times: of a day); null for an end at zero */
            relative: number | null;
            event: string | null;
        };
        ReconciliationEvidence: {
            /**
             * @description reading: a report of the date; scheduled: what else can have moved the price
             * @enum {string}
             */
            role: "claim" | "measured" | "reading" | "scheduled";
            /** @description the figure as printed, or what was measured */
            text: string;
            /** @description the time as the source gives it */
            when: string | null;
            /** @enum {string} */
            status: "certain" | "possible";
            note: string | null;
            /** @description reports of this one figure */
            reach: number;
            /** @description reports of it that repeat no other and are of documents of their own */
            witnesses: number;
            /** @description links to the further reports */
            also: string[];
            document: string | null;
            locator: string | null;
            address: string | null;
            confidence: number | null;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        ReconciliationGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Reconciliation"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        ClaimsLedger: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            entity: string | null;
            announcement: string | null;
            name: string;
            rule: number;
            quantityRule: number;
            states: {
                open: number;
                met: number;
                missed: number;
                superseded: number;
            };
            claims: components["schemas"]["LedgerClaim"][];
        };
        LedgerClaim: {
            id: string;
            /**
             * @description figure: of a period that was not over when it was stated; level: as things stood
             * @enum {string}
             */
            kind: "forecast" | "figure" | "level" | "commitment";
            entity: string | null;
            entityName: string | null;
            announcement: string | null;
            metric: string;
            claim: string;
            holder: string;
            holderKind: string | null;
            /** @description the figure as printed */
            text: string | null;
            unit: string | null;
            /** @description what the printed figure allows */
            lo: number | null;
            hi: number | null;
            loClosed: boolean;
            hiClosed: boolean;
            /** @enum {string} */
            horizon: "period" | "by" | "not-before" | "level" | "none";
            /** @description instant in UTC; null: open or unknown */
            horizonFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            horizonTo: string | null;
            /** @description as the source gives it */
            horizonText: string | null;
            /** @description when it was said, as the source gives it */
            when: string;
            /** @enum {string} */
            state: "open" | "met" | "missed" | "superseded";
            /** @description a level that later reports bear out */
            stillTrue: boolean;
            /** @description why it is open */
            reason: ("not-over" | "nothing-reported" | "no-figure" | "not-decided" | "nothing-later") | null;
            /** @description from when the state is known */
            since: string | null;
            sentence: string;
            /** @description what has to be reached: of a goal from the figure it names, else what the printed figure allows */
            claimedLo: number | null;
            claimedHi: number | null;
            /** @description what was reported; of a commitment what it became */
            foundLo: number | null;
            foundHi: number | null;
            foundText: string | null;
            /** @description what settles it, first, and what stands beside that */
            against: components["schemas"]["ClaimEvidence"][];
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        ClaimEvidence: {
            /**
             * @description settles: decides the state; agrees, differs: from what decides it; too-weak: has less than half of the claim's confidence; other-terms: changes something else of a commitment
             * @enum {string}
             */
            standing: "settles" | "agrees" | "differs" | "too-weak" | "other-terms";
            type: string;
            says: string;
            /** @description the figure as printed */
            text: string | null;
            unit: string | null;
            /** @description what the printed figure allows */
            lo: number | null;
            hi: number | null;
            loClosed: boolean;
            hiClosed: boolean;
            holder: string | null;
            when: string;
            note: string | null;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        ClaimsLedgerGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["ClaimsLedger"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Reaction: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            /** @description hash of the inputs, the settings and the version of the statistics: the same again gives the same */
            result: string;
            /** @description runs this study again, on the events that it read: /v1/reactions/{again} */
            again: string;
            announcement: string | null;
            title: string;
            instrument: string;
            symbol: string;
            benchmark: string;
            benchmarkSymbol: string;
            /** @enum {string} */
            model: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
            factors: {
                sets: string[];
                names: string[];
            } | null;
            /** @enum {string} */
            returns: "simple" | "log";
            /** @description of the prices; anything but total-return is a price return */
            adjustment: string;
            day0: string;
            /** @description the sessions that the time leaves open; the study is of the first */
            readings: {
                date: string;
                sentence: string;
            }[];
            estimationFrom: string;
            estimationTo: string;
            /** @description usable days, T */
            estimationDays: number | null;
            refused: string | null;
            reason: string | null;
            alpha: number | null;
            beta: number | null;
            /** @description all of the model */
            coefficients: {
                name: string;
                value: number;
            }[];
            /** @description standard deviation of the residuals */
            s: number | null;
            days: components["schemas"]["AbnormalDay"][];
            /** @description cumulated from the first day shown, with the interval at 95 % */
            path: {
                relative: number;
                car: number | null;
                lo: number | null;
                hi: number | null;
            }[];
            windows: components["schemas"]["StudyWindow"][];
            /** @description the same without the flagged days of the estimation window: a second result */
            withoutFlagged: {
                dropped: string[];
                windows: components["schemas"]["StudyWindow"][];
            };
            /** @description the same against the benchmark without the firm, where its weight was given */
            withoutFirm: {
                weight: number | null;
                windows: components["schemas"]["StudyWindow"][];
            };
            /** @description what other choices would have given */
            sensitivity: {
                model: string;
                benchmark: string | null;
                estimation: string;
                window: string;
                car: number | null;
                t: number | null;
                p: number | null;
                refused: string | null;
            }[];
            /** @description what else touched the share between day −5 and the end of the windows */
            confounders: components["schemas"]["Confounder"][];
            /** @description the same in the estimation window */
            flagged: components["schemas"]["Confounder"][];
            volume: components["schemas"]["AbnormalVolume"];
            /** @description the control firms of the placebo */
            controls: {
                instrument: string;
                symbol: string;
                refused: string | null;
            }[];
            /** @description tests that one event does not allow */
            refusals: {
                test: string;
                reason: string;
            }[];
            assumptions: string[];
        };
        AbnormalDay: {
            relative: number;
            date: string;
            return: number | null;
            expected: number | null;
            /** @description return − expected */
            ar: number | null;
            /** @description exact prediction variance s²(1 + h) */
            variance: number | null;
            t: number | null;
            p: number | null;
            /** @description return of the benchmark */
            benchmark: number | null;
            /** @description return − return of the benchmark */
            marketAdjusted: number | null;
            /** @description links of the closes that it rests on */
            events: string[];
        };
        StudyWindow: {
            from: number;
            to: number;
            dates: string[];
            /** @description chosen by rule, before results are seen */
            headline: boolean;
            contaminatedBy: string[];
            /** @description code; null: computed */
            refused: string | null;
            reason: string | null;
            car: number | null;
            /** @description 1'V1 with the covariances */
            variance: number | null;
            t: number | null;
            df: number | null;
            /** @description two-sided, Student's t(df) */
            p: number | null;
            /** @description Holm's, with the windows of this study as the family */
            pHolm: number | null;
            /** @description interval at 95 % */
            lo: number | null;
            hi: number | null;
            /** @description the least effect that is found four times in five */
            leastDetectable: number | null;
            /** @description sample-quantile test (Gelbach, Helland and Klick 2013) */
            quantileP: number | null;
            quantileReason: string | null;
            /** @description place of |t| among the control firms, (1 + #{|t| ≥ own}) / (n + 1) */
            placeboP: number | null;
            /** @description control firms that could be computed */
            placeboFirms: number | null;
            placeboReason: string | null;
            buyAndHold: number | null;
            /** @description sum of the returns themselves */
            raw: number | null;
            marketAdjusted: number | null;
        };
        Confounder: {
            /** @enum {string} */
            kind: "scheduled" | "corporate-action" | "announcement";
            label: string;
            /** @description trading days from day 0 */
            days: number[];
            dates: string[];
            /** @description false: trusted too little to contaminate a window */
            counts: boolean;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        AbnormalVolume: {
            /** @description turnover: ln(100·traded/outstanding + 0.000255); shares traded: ln(1 + traded), where shares outstanding are not known on all days */
            measure: ("turnover" | "shares traded") | null;
            estimationDays: number;
            /** @description of the measure over the estimation window */
            mean: number | null;
            days: {
                relative: number;
                date: string;
                volume: number | null;
                /** @description measure − mean */
                abnormal: number | null;
                /** @description exp(abnormal): so many times the usual volume */
                times: number | null;
                /** @description two-sided, by its place among the residuals */
                quantileP: number | null;
                event: string | null;
            }[];
            /** @description why there is none */
            reason: string | null;
        };
        ReactionGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Reaction"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Confounders: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcement: string;
            title: string;
            /** @description trading days from day 0 that were looked through */
            days: string;
            instruments: {
                instrument: string;
                symbol: string;
                day0: string;
            }[];
            /** @description by instrument, in the order of their days */
            confounders: {
                instrument: string;
                symbol: string;
                /** @enum {string} */
                kind: "scheduled" | "corporate-action" | "announcement";
                label: string;
                /** @description trading days from day 0 */
                days: number[];
                dates: string[];
                /** @description false: trusted too little to contaminate a window */
                counts: boolean;
                document: string;
                locator: string | null;
                address: string | null;
                confidence: number;
                /** @description the event behind it */
                event: string;
                eventId: string;
                /** @description instant in UTC; null: open or unknown */
                knownFrom: string | null;
                knownPrecision: string;
                /** @description the publication time is an estimate of the author of the seed */
                estimated: boolean;
                /** @description opening of the first session that it touches */
                from: string | null;
                /** @description close of the last */
                to: string | null;
            }[];
        };
        ConfoundersGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Confounders"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Instruments: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            instruments: components["schemas"]["Instrument"][];
        };
        Instrument: {
            instrument: string;
            symbol: string;
            name: string;
            kind: string;
            entity: string | null;
            currency: string | null;
            calendar: string;
            /** @description instant in UTC; null: open or unknown */
            delistedSince: string | null;
            successor: string | null;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        InstrumentsGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Instruments"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        MarketValue: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            instrument: string;
            symbol: string;
            name: string;
            entity: string | null;
            currency: string | null;
            /** @description since when it no longer trades */
            delistedSince: string | null;
            /** @description what its holders got, or what it trades as now */
            successor: string | null;
            /** @description the series of prices: none (as paid), split, total-return. They are never mixed */
            adjustment: ("none" | "split" | "total-return") | null;
            /** @description the series that is stored: another than `adjustment` where known splits are applied to it */
            stored: ("none" | "split" | "total-return") | null;
            /** @description every series that is stored */
            series: ("none" | "split" | "total-return")[];
            /** @enum {string} */
            status: "measured" | "unknown";
            /** @description why something is unknown */
            reason: string | null;
            announcement: string | null;
            quantityRule: number;
            /** @description the close that is 100 in `relative` */
            base: {
                date: string;
                /** @description instant in UTC; null: open or unknown */
                time: string | null;
                price: number;
                /** @description the event behind it */
                event: string;
            } | null;
            /** @description the last close at asOf */
            level: components["schemas"]["MarketValuePoint"] | null;
            /** @description measured closes (price) with what is derived from them (marketValue) */
            points: components["schemas"]["MarketValuePoint"][];
            /** @description what sources print; never mixed with what is measured */
            claims: components["schemas"]["MarketClaim"][];
            /** @description what the company did to the shares, as far as it is known then */
            actions: components["schemas"]["CorporateAction"][];
            /** @description what can have moved the price beside: results, ex-dates, news. Reports of little confidence may be wrong */
            scheduled: components["schemas"]["ScheduledEvent"][];
            thinned?: components["schemas"]["Thinned"];
        };
        MarketValuePoint: {
            /** @description the close */
            time: string | null;
            date: string;
            /** @description as stored */
            close: number;
            /** @description close ÷ splitFactor */
            price: number;
            /** @description what splits after the session divide its prices by, in a series that is adjusted here; 1 otherwise */
            splitFactor: number;
            open: number | null;
            high: number | null;
            low: number | null;
            volume: number | null;
            /** @description price of the session before; null where that session is not stored: a gap is not one day */
            previous: number | null;
            /** @description price ÷ previous − 1 */
            change: number | null;
            /** @description price ÷ price of the base × 100; null where there is no base */
            relative: number | null;
            /** @description total shares outstanding, as counted */
            sharesLo: number | null;
            sharesHi: number | null;
            /** @description instant in UTC; null: open or unknown */
            sharesFrom: string | null;
            sharesAgeDays: number | null;
            /** @description what splits between the count and the close multiply the count by */
            sharesFactor: number;
            /** @description close × sharesLo × sharesFactor, where the share count is exact */
            marketValue: number | null;
            marketValueLo: number | null;
            marketValueHi: number | null;
            /** @description market value less that of the session before */
            valueChangeLo: number | null;
            valueChangeHi: number | null;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            /** @description the event behind it */
            event: string;
            sharesEvent: string | null;
            previousEvent: string | null;
            splitEvents: string[];
        };
        MarketClaim: {
            /** @enum {string} */
            kind: "price" | "move" | "value" | "value-change";
            text: string;
            /** @enum {string} */
            measure: "price" | "market-value";
            unit: string;
            lo: number | null;
            hi: number | null;
            loClosed: boolean;
            hiClosed: boolean;
            /** @description 100 × (1 + lo): a move as an index */
            relativeLo: number | null;
            relativeHi: number | null;
            /** @description what is 100: the last close before the announcement asked with, or, where no level is known, the move's own beginning */
            relativeTo: ("before-announcement" | "own-beginning") | null;
            priceText: string | null;
            priceLo: number | null;
            priceHi: number | null;
            base: string | null;
            session: string;
            /** @description the time as the source gives it */
            when: string;
            /** @description instant in UTC; null: open or unknown */
            possibleFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            certainFrom: string | null;
            /**
             * @description possible: its imprecise time straddles asOf
             * @enum {string}
             */
            status: "certain" | "possible";
            announcement: string | null;
            note: string | null;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        CorporateAction: {
            action: string;
            ratioNew: number | null;
            ratioOld: number | null;
            text: string | null;
            /** @description the first session that trades with it (a split) or without it (a dividend) */
            effective: string | null;
            note: string | null;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        ScheduledEvent: {
            label: string;
            session: string;
            when: string;
            /** @description instant in UTC; null: open or unknown */
            possibleFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            certainFrom: string | null;
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        /** @description points are fewer than there are, since maxPoints was asked; absent where it was not */
        Thinned: {
            /** @enum {string} */
            method: "min-max" | "lttb";
            /** @description the field that decided which points stay */
            by: string;
            /** @description how many there are in all */
            points: number;
            kept: number;
        };
        MarketValueGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["MarketValue"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        MarketValues: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            announcement: string | null;
            quantityRule: number;
            instruments: {
                instrument: string;
                symbol: string;
                name: string;
                entity: string | null;
                currency: string | null;
                /** @description since when it no longer trades */
                delistedSince: string | null;
                /** @description what its holders got, or what it trades as now */
                successor: string | null;
                /** @description the series of prices: none (as paid), split, total-return. They are never mixed */
                adjustment: ("none" | "split" | "total-return") | null;
                /** @description the series that is stored: another than `adjustment` where known splits are applied to it */
                stored: ("none" | "split" | "total-return") | null;
                /** @description every series that is stored */
                series: ("none" | "split" | "total-return")[];
                /** @enum {string} */
                status: "measured" | "unknown";
                /** @description why something is unknown */
                reason: string | null;
                /** @description the close that is 100 in `relative` */
                base: {
                    date: string;
                    /** @description instant in UTC; null: open or unknown */
                    time: string | null;
                    price: number;
                    /** @description the event behind it */
                    event: string;
                } | null;
                level: components["schemas"]["MarketValuePoint"] | null;
            }[];
            /** @description flat, instrument by instrument; `relative` has one base for all: before the announcement, or the first session that all have */
            points: {
                instrument: string;
                symbol: string;
                /** @description the close */
                time: string | null;
                date: string;
                /** @description as stored */
                close: number;
                /** @description close ÷ splitFactor */
                price: number;
                /** @description what splits after the session divide its prices by, in a series that is adjusted here; 1 otherwise */
                splitFactor: number;
                open: number | null;
                high: number | null;
                low: number | null;
                volume: number | null;
                /** @description price of the session before; null where that session is not stored: a gap is not one day */
                previous: number | null;
                /** @description price ÷ previous − 1 */
                change: number | null;
                /** @description price ÷ price of the base × 100; null where there is no base */
                relative: number | null;
                /** @description total shares outstanding, as counted */
                sharesLo: number | null;
                sharesHi: number | null;
                /** @description instant in UTC; null: open or unknown */
                sharesFrom: string | null;
                sharesAgeDays: number | null;
                /** @description what splits between the count and the close multiply the count by */
                sharesFactor: number;
                /** @description close × sharesLo × sharesFactor, where the share count is exact */
                marketValue: number | null;
                marketValueLo: number | null;
                marketValueHi: number | null;
                /** @description market value less that of the session before */
                valueChangeLo: number | null;
                valueChangeHi: number | null;
                /** @description instant in UTC; null: open or unknown */
                knownFrom: string | null;
                /** @description the event behind it */
                event: string;
                sharesEvent: string | null;
                previousEvent: string | null;
                splitEvents: string[];
            }[];
            claims: {
                instrument: string;
                symbol: string;
                /** @enum {string} */
                kind: "price" | "move" | "value" | "value-change";
                text: string;
                /** @enum {string} */
                measure: "price" | "market-value";
                unit: string;
                lo: number | null;
                hi: number | null;
                loClosed: boolean;
                hiClosed: boolean;
                /** @description 100 × (1 + lo): a move as an index */
                relativeLo: number | null;
                relativeHi: number | null;
                /** @description what is 100: the last close before the announcement asked with, or, where no level is known, the move's own beginning */
                relativeTo: ("before-announcement" | "own-beginning") | null;
                priceText: string | null;
                priceLo: number | null;
                priceHi: number | null;
                base: string | null;
                session: string;
                /** @description the time as the source gives it */
                when: string;
                /** @description instant in UTC; null: open or unknown */
                possibleFrom: string | null;
                /** @description instant in UTC; null: open or unknown */
                certainFrom: string | null;
                /**
                 * @description possible: its imprecise time straddles asOf
                 * @enum {string}
                 */
                status: "certain" | "possible";
                announcement: string | null;
                note: string | null;
                document: string;
                locator: string | null;
                address: string | null;
                confidence: number;
                /** @description the event behind it */
                event: string;
                eventId: string;
                /** @description instant in UTC; null: open or unknown */
                knownFrom: string | null;
                knownPrecision: string;
                /** @description the publication time is an estimate of the author of the seed */
                estimated: boolean;
            }[];
            thinned?: components["schemas"]["Thinned"];
        };
        MarketValuesGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["MarketValues"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        EntityMarketValue: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            entity: string;
            name: string;
            quantityRule: number;
            currency: string | null;
            /**
             * @description partial: of some share classes only, so no total
             * @enum {string}
             */
            status: "derived" | "partial" | "unknown";
            reason: string | null;
            /** @description sum over all share classes of price × total shares; null where a class is missing */
            marketValueLo: number | null;
            marketValueHi: number | null;
            classes: {
                instrument: string;
                symbol: string;
                name: string;
                entity: string | null;
                currency: string | null;
                /** @description since when it no longer trades */
                delistedSince: string | null;
                /** @description what its holders got, or what it trades as now */
                successor: string | null;
                /** @description the series of prices: none (as paid), split, total-return. They are never mixed */
                adjustment: ("none" | "split" | "total-return") | null;
                /** @description the series that is stored: another than `adjustment` where known splits are applied to it */
                stored: ("none" | "split" | "total-return") | null;
                /** @description every series that is stored */
                series: ("none" | "split" | "total-return")[];
                /** @enum {string} */
                status: "measured" | "unknown";
                /** @description why something is unknown */
                reason: string | null;
                level: components["schemas"]["MarketValuePoint"] | null;
            }[];
            /** @description sessions in which every class has a close and a count */
            points: {
                date: string;
                /** @description instant in UTC; null: open or unknown */
                time: string | null;
                marketValueLo: number;
                marketValueHi: number | null;
                classes: number;
                events: string[];
            }[];
            /** @description what sources print of the entity itself, and of its share classes */
            claims: components["schemas"]["MarketClaim"][];
            thinned?: components["schemas"]["Thinned"];
        };
        EntityMarketValueGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["EntityMarketValue"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Entities: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            entities: components["schemas"]["Entity"][];
        };
        Entity: {
            entity: string;
            name: string;
            kind: string;
            members: string[];
            partOf: string | null;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        EntitiesGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Entities"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Sentiment: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            entity: string;
            name: string;
            halfLife: string;
            /** @description what the answer was narrowed to */
            only: {
                holder: string | null;
                kind: string | null;
                aspect: string | null;
                method: string | null;
            };
            /** @description what scored the expressions that count */
            methods: string[];
            /** @description further scorings of the same statements, which do not count here; byMethod has them */
            scoredOtherwise: number;
            /** @description over all expressions alike */
            overall: {
                /** @description Σws / Σw; null (stale) when the mass is below 0.05 */
                mean: number | null;
                meanLo: number | null;
                meanHi: number | null;
                /** @description Σws / (1 + Σw): decays to neutral */
                shrunk: number;
                shrunkLo: number;
                shrunkHi: number;
                /** @description Σws */
                net: number;
                netLo: number;
                netHi: number;
                /** @description Σw */
                mass: number;
                /** @description expressions with w > 0.01 */
                n: number;
                /** @description (Σw)² / Σw² */
                nEff: number | null;
                /** @description all reports, reprints too */
                reach: number;
                /** @description √(Σw(s − S)² / Σw) */
                dispersion: number | null;
                /** @description 1 − |Σws| / Σw|s|: 0 all agree, 1 balanced */
                disagreement: number | null;
                /** @description (P − Q)/(P + Q), weights of positive and negative */
                balance: number | null;
                reason: "stale" | null;
            };
            /** @description holders first, then kinds, then over kinds: the press does not drown investors */
            combined: {
                mean: number | null;
                reason: "stale" | null;
                /** @description between the kinds: 1 − |Σwm| / Σw|m| over their means */
                disagreement: number | null;
                kinds: {
                    kind: string;
                    mean: number;
                    weight: number;
                }[];
            };
            kinds: {
                holderKind: string;
                /** @description Σws / Σw; null (stale) when the mass is below 0.05 */
                mean: number | null;
                meanLo: number | null;
                meanHi: number | null;
                /** @description Σws / (1 + Σw): decays to neutral */
                shrunk: number;
                shrunkLo: number;
                shrunkHi: number;
                /** @description Σws */
                net: number;
                netLo: number;
                netHi: number;
                /** @description Σw */
                mass: number;
                /** @description expressions with w > 0.01 */
                n: number;
                /** @description (Σw)² / Σw² */
                nEff: number | null;
                /** @description all reports, reprints too */
                reach: number;
                /** @description √(Σw(s − S)² / Σw) */
                dispersion: number | null;
                /** @description 1 − |Σws| / Σw|s|: 0 all agree, 1 balanced */
                disagreement: number | null;
                /** @description (P − Q)/(P + Q), weights of positive and negative */
                balance: number | null;
                reason: "stale" | null;
            }[];
            holders: {
                holder: string;
                holderKind: string;
                /** @description Σws / Σw; null (stale) when the mass is below 0.05 */
                mean: number | null;
                meanLo: number | null;
                meanHi: number | null;
                /** @description Σws / (1 + Σw): decays to neutral */
                shrunk: number;
                shrunkLo: number;
                shrunkHi: number;
                /** @description Σws */
                net: number;
                netLo: number;
                netHi: number;
                /** @description Σw */
                mass: number;
                /** @description expressions with w > 0.01 */
                n: number;
                /** @description (Σw)² / Σw² */
                nEff: number | null;
                /** @description all reports, reprints too */
                reach: number;
                /** @description √(Σw(s − S)² / Σw) */
                dispersion: number | null;
                /** @description 1 − |Σws| / Σw|s|: 0 all agree, 1 balanced */
                disagreement: number | null;
                /** @description (P − Q)/(P + Q), weights of positive and negative */
                balance: number | null;
                reason: "stale" | null;
            }[];
            aspects: {
                aspect: string;
                /** @description Σws / Σw; null (stale) when the mass is below 0.05 */
                mean: number | null;
                meanLo: number | null;
                meanHi: number | null;
                /** @description Σws / (1 + Σw): decays to neutral */
                shrunk: number;
                shrunkLo: number;
                shrunkHi: number;
                /** @description Σws */
                net: number;
                netLo: number;
                netHi: number;
                /** @description Σw */
                mass: number;
                /** @description expressions with w > 0.01 */
                n: number;
                /** @description (Σw)² / Σw² */
                nEff: number | null;
                /** @description all reports, reprints too */
                reach: number;
                /** @description √(Σw(s − S)² / Σw) */
                dispersion: number | null;
                /** @description 1 − |Σws| / Σw|s|: 0 all agree, 1 balanced */
                disagreement: number | null;
                /** @description (P − Q)/(P + Q), weights of positive and negative */
                balance: number | null;
                reason: "stale" | null;
            }[];
            /** @description each method and version by itself, over all that it scored */
            byMethod: {
                method: string;
                /** @description Σws / Σw; null (stale) when the mass is below 0.05 */
                mean: number | null;
                meanLo: number | null;
                meanHi: number | null;
                /** @description Σws / (1 + Σw): decays to neutral */
                shrunk: number;
                shrunkLo: number;
                shrunkHi: number;
                /** @description Σws */
                net: number;
                netLo: number;
                netHi: number;
                /** @description Σw */
                mass: number;
                /** @description expressions with w > 0.01 */
                n: number;
                /** @description (Σw)² / Σw² */
                nEff: number | null;
                /** @description all reports, reprints too */
                reach: number;
                /** @description √(Σw(s − S)² / Σw) */
                dispersion: number | null;
                /** @description 1 − |Σws| / Σw|s|: 0 all agree, 1 balanced */
                disagreement: number | null;
                /** @description (P − Q)/(P + Q), weights of positive and negative */
                balance: number | null;
                reason: "stale" | null;
            }[];
            /**
             * @description what the lines of points are
             * @enum {string}
             */
            by: "kind" | "holder" | "aspect" | "method";
            points: {
                /** @description instant in UTC; null: open or unknown */
                time: string | null;
                /** @description all, or one holder kind, holder, aspect or method */
                line: string;
                shrunk: number;
                mean: number | null;
                net: number;
                mass: number;
            }[];
            expressions: components["schemas"]["Expression"][];
            thinned?: components["schemas"]["Thinned"];
        };
        Expression: {
            holder: string;
            holderKind: string;
            aspect: string;
            aspectText: string | null;
            claim: string;
            scoreLo: number;
            scoreHi: number;
            /** @description relevance · novelty · confidence · decay, at asOf */
            weight: number;
            novelty: number;
            relevance: number;
            method: string;
            rubricItem: string;
            when: string;
            /** @description instant in UTC; null: open or unknown */
            possibleFrom: string | null;
            /** @description instant in UTC; null: open or unknown */
            certainFrom: string | null;
            /**
             * @description what is only possible is listed and has no weight
             * @enum {string}
             */
            status: "certain" | "possible";
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        SentimentGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Sentiment"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        Exposure: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            entity: string;
            name: string;
            depth: number;
            /** @description the relationships on the paths, each once */
            edges: components["schemas"]["Relationship"][];
            /** @description shortest first */
            paths: components["schemas"]["ExposurePath"][];
            /** @description there are more paths than are shown: ask with a smaller depth */
            cut: boolean;
        };
        Relationship: {
            id: string;
            entity: string;
            entityName: string;
            /** @enum {string} */
            relation: "depends-on" | "buys-from" | "supplies" | "owns" | "finances" | "partners-with" | "competes-with" | "part-of";
            other: string;
            otherName: string;
            /** @description the amount or share as printed */
            text: string | null;
            unit: string | null;
            amountLo: number | null;
            amountHi: number | null;
            /** @description of an announcement that its parties changed: what the commitment comes to by then; null: unchanged, or not told */
            standsText: string | null;
            /** @description lower end of it: the amount, and what each change adds to it or puts in its place */
            standsLo: number | null;
            standsHi: number | null;
            /** @description what the parties of the announcement changed, as in the claims ledger */
            changes: components["schemas"]["ClaimEvidence"][];
            /** @description what its reports add, the latest first */
            notes: string[];
            announcement: string | null;
            when: string;
            /**
             * @description possible: it may have begun by then
             * @enum {string}
             */
            status: "certain" | "possible";
            /** @description links to further reports of it */
            also: string[];
            document: string;
            locator: string | null;
            address: string | null;
            confidence: number;
            /** @description the event behind it */
            event: string;
            eventId: string;
            /** @description instant in UTC; null: open or unknown */
            knownFrom: string | null;
            knownPrecision: string;
            /** @description the publication time is an estimate of the author of the seed */
            estimated: boolean;
        };
        ExposurePath: {
            /**
             * @description on: what the entity is exposed to; of: who is exposed to it
             * @enum {string}
             */
            direction: "on" | "of";
            depth: number;
            /** @description at its far end */
            entity: string;
            name: string;
            sentence: string;
            entities: string[];
            /** @description supply, custom (revenue), holding, funding, partner, whole (of a division) */
            channels: ("supply" | "custom" | "holding" | "funding" | "partner" | "whole")[];
            /**
             * @description certain: each of its edges is
             * @enum {string}
             */
            status: "certain" | "possible";
            /** @description ids of edges */
            edges: string[];
            /** @description the least of its edges */
            confidence: number;
        };
        ExposureGrid: {
            /** @description how many were asked for */
            cells: number;
            /** @description for each knownAt every asOf, as given: each the body that the request for it alone with this basis has; it says its asOf and knownAt */
            grid: components["schemas"]["Exposure"][];
            /** @description the cells that have no answer, such as those at which the subject was not known yet */
            problems: components["schemas"]["CellProblem"][];
        };
        EventsStudy: {
            /** @description the valid time that the answer holds at */
            asOf: string | null;
            /** @description what was known by then; null: everything stored */
            knownAt: string | null;
            /** @enum {string} */
            clock: "published" | "recorded";
            /** @enum {string} */
            imprecise: "latest" | "earliest";
            /** @description the answer is of this scenario: synthetic; absent in the real world */
            scenario?: string;
            /** @description hash of the inputs, the settings and the version of the statistics */
            result: string;
            benchmark: string;
            benchmarkSymbol: string;
            /** @enum {string} */
            model: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
            /** @description of what is drawn: sign flips, bootstraps */
            seed: number;
            events: {
                event: string;
                instrument: string;
                day0: string | null;
                /** @description by window */
                cars: (number | null)[];
                p: (number | null)[];
                /** @description with the events of the window as the family */
                holm: (number | null)[];
                /** @description Benjamini and Hochberg, likewise */
                bh: (number | null)[];
                /** @description why it could not be studied */
                reason: string | null;
            }[];
            windows: {
                from: number;
                to: number;
                n: number;
                /** @description events share dates */
                shared: boolean;
                caar: number | null;
                /** @description interval of the mean at 95 %, percentile-t bootstrap over events; from 10 events on */
                lo: number | null;
                hi: number | null;
                meanCorrelation: number | null;
                headline: string | null;
                tests: {
                    test: string;
                    paper: string;
                    statistic: number | null;
                    law: string | null;
                    df: number | null;
                    p: number | null;
                    /** @description why it is not shown */
                    reason: string | null;
                    warnings: string[];
                }[];
                regression: {
                    names: string[];
                    n: number;
                    /** @enum {string} */
                    errors: "HC3" | "clustered by date";
                    coefficients: {
                        name: string;
                        value: number;
                        error: number;
                        t: number;
                        p: number;
                    }[];
                    reason: string | null;
                } | null;
            }[];
        };
        ReplayStep: {
            /** @description on the clock of the order */
            at: string;
            cursor: string;
            event: components["schemas"]["StoredEvent"];
            /** @description why its schema rejects it */
            rejected?: unknown[];
        };
        /** @description exactly as stored; views read it upcast to the current schema version */
        StoredEvent: {
            id: string;
            type: string;
            /** @description null: the event carries none and is not of this language */
            schemaVersion: number | null;
            streamId: string;
            revision: number;
            position: string;
            recordedAt: string;
            data: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
        };
        StoredEvents: {
            events: components["schemas"]["StoredEvent"][];
            /** @description cursor for the next page; null: this was the end for now */
            next: string | null;
        };
        Receipt: {
            events: {
                id: string;
                streamId: string;
                revision: number;
                /**
                 * @description known: the same event was stored before
                 * @enum {string}
                 */
                status: "stored" | "known";
            }[];
            /** @description views asked with this basis see these events */
            basis: string;
        };
        Filled: {
            scenario: string;
            stored: number;
            /** @description they were there before, or came twice */
            known: number;
            /** @description the first 100 */
            refused: {
                index: number;
                faults: ("duplicates" | "reordering" | "late" | "gaps" | "drops" | "corrupt" | "skew" | "bursts" | "schema")[];
                problem: string;
            }[];
            refusedCount: number;
            /** @description places of the events that faults took away */
            lost: {
                index: number;
                /** @enum {string} */
                fault: "gaps" | "drops";
            }[];
            /** @description how many deliveries each met */
            faults: {
                [key: string]: number;
            };
            truths: number;
            /** @description token: as minPosition it waits until all of it is projected */
            basis: string | null;
        };
        Fed: {
            /** @description up to this line everything is stored, was there, or was refused */
            lines: number;
            stored: number;
            /** @description the same event was stored before */
            known: number;
            refused: number;
            /** @description why, the first of them */
            refusals: string[];
            /** @description views asked with this basis see all of it */
            basis: string;
        };
        Scenarios: {
            scenarios: components["schemas"]["Scenario"][];
        };
        Scenario: {
            scenario: string;
            /**
             * @description isolated: a world of its own; overlay: on the real one as it was at `basis`, of which nothing later is seen
             * @enum {string}
             */
            kind: "isolated" | "overlay";
            title: string | null;
            note: string | null;
            /** @description of an overlay: the real world asked with this basis is what lies below it */
            basis: string | null;
            /** @description how many real events it sees */
            realEvents: number;
            openedAt: string;
            archivedAt: string | null;
        };
        ScenarioDetail: {
            scenario: string;
            /**
             * @description isolated: a world of its own; overlay: on the real one as it was at `basis`, of which nothing later is seen
             * @enum {string}
             */
            kind: "isolated" | "overlay";
            title: string | null;
            note: string | null;
            /** @description of an overlay: the real world asked with this basis is what lies below it */
            basis: string | null;
            /** @description how many real events it sees */
            realEvents: number;
            openedAt: string;
            archivedAt: string | null;
            /** @description its own */
            events: number;
            types: {
                type: string;
                events: number;
            }[];
            streams: number;
            firstRecordedAt: string | null;
            lastRecordedAt: string | null;
            /** @description events that their schema rejects: no view sees them */
            rejected: number;
            /** @description what generators left as ground truth */
            truths: number;
            /** @description token: up to where it is projected */
            checkpoint: string;
        };
        GroundTruth: {
            scenario: string;
            /** @description which generator; its own documentation says what the values are */
            generator: string;
            seed: number;
            /** @description what it is about, such as instrument-firm-001 */
            subject: string;
            values: {
                [key: string]: unknown;
            };
        };
        ScenarioDiff: {
            scenario: string;
            rows: components["schemas"]["ScenarioDifference"][];
            /** @description there are more: narrow it by view or subject, or raise limit; tracker scenario diff has all */
            more: boolean;
        };
        ScenarioDifference: {
            /** @enum {string} */
            view: "instrument" | "entity" | "market-value" | "entity-value" | "sentiment" | "claims" | "exposure" | "announcement" | "timeline" | "reconciliation" | "announcement-claims" | "reaction";
            /** @description instrument, entity or announcement; of a reaction both, with a blank between */
            subject: string;
            /** @description place in the view's answer; items of lists by what they are about, such as points[date=2025-11-04].close */
            key: string;
            /** @description in the real world; null: there is none */
            before: unknown;
            /** @description in the scenario */
            after: unknown;
            /** @description links of the scenario's own events behind it, at most 20: those that it names, those that amend what it rested on, else all that concern the view */
            causes: string[];
        };
        Sessions: {
            /** @enum {string} */
            calendar: "US";
            sessions: {
                date: string;
                open: string;
                close: string;
                /** @description an early close */
                early: boolean;
            }[];
        };
        Projections: {
            store: string;
            events: number;
            rejected: {
                event: string;
                type: string;
                problems: string[];
            }[];
            rejectedCount: number;
            projections: components["schemas"]["ProjectionStatus"][];
        };
        ProjectionStatus: {
            name: string;
            version: number;
            /** @enum {string} */
            status: "catching-up" | "live" | "backing-off" | "stopped" | "closed" | "faulted" | "folding";
            problem: string | null;
            /** @description events folded */
            order: number;
            rows: number;
            /** @description events that the tracker has read and this projection has not folded */
            behind: number;
            /** @description the version that answers: an older one while this one folds anew */
            serving: number;
            /** @description state hash, with ?hash=true */
            hash: string | null;
        };
        Readiness: {
            ready: boolean;
            state: string;
            problems: string[];
        };
    };
    responses: {
        /** @description the client has it */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description the request is not valid: says what, where and what to do */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description a token is needed, and none that is known came */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description the token has not the scope that this needs (insufficient-scope), or a page of another site would write (cross-origin) */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not there */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description it stands against what is stored, or is ambiguous */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description asked by a name that is not of this server */
        Misdirected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description more than the limit allows; Retry-After says for how many seconds */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not now */
        NotNow: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description of a stream: everything up to `until` is with the client */
        HasAll: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description the body did not come in time */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description too large */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not a type that is read */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description the store is full */
        StoreFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description changes only when this answer does; a grid has one, which changes when any cell does */
        ETag: string;
        /** @description ask with ?basis= to get these bytes again */
        Basis: string;
        /** @description how far the projections are */
        Checkpoint: string;
        /** @description live, or why the answer may be stale */
        State: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    explainAnnouncementsList: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainAnnouncement: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainTimeline: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainReconciliation: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainAnnouncementClaims: {
        parameters: {
            query?: {
                /** @description only claims in this state */
                state?: "open" | "met" | "missed" | "superseded";
                /** @description only claims on this metric */
                metric?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainReaction: {
        parameters: {
            query: {
                /** @description id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity */
                benchmark: string;
                /** @description default market-model; factors needs factors */
                model?: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
                /** @description sets of factors with commas between, such as fama-french-3; with simple returns */
                factors?: string;
                /** @description trading days from day 0, with commas between; default 0:0,0:1. The first leads */
                windows?: string;
                /** @description trading days from day 0, default -260:-11 */
                estimation?: string;
                /** @description default simple */
                returns?: "simple" | "log";
                /** @description the series of prices; unstated: total-return, else split, else none */
                adjustment?: "none" | "split" | "total-return";
                /** @description firms on which nothing was announced that day, ids or symbols with commas between: a placebo from 19 on */
                controls?: string;
                /** @description share of the benchmark that the firm is, such as 0.04: windows against the benchmark without it */
                weight?: string;
                /** @description id or symbol of the share */
                instrument: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainConfounders: {
        parameters: {
            query: {
                /** @description ids or symbols with commas between */
                instruments: string;
                /** @description trading days from day 0 as FROM:TO, default -31:31 */
                days?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainDayReaction: {
        parameters: {
            query: {
                /** @description id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity */
                benchmark: string;
                /** @description default market-model; factors needs factors */
                model?: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
                /** @description sets of factors with commas between, such as fama-french-3; with simple returns */
                factors?: string;
                /** @description trading days from day 0, with commas between; default 0:0,0:1. The first leads */
                windows?: string;
                /** @description trading days from day 0, default -260:-11 */
                estimation?: string;
                /** @description default simple */
                returns?: "simple" | "log";
                /** @description the series of prices; unstated: total-return, else split, else none */
                adjustment?: "none" | "split" | "total-return";
                /** @description firms on which nothing was announced that day, ids or symbols with commas between: a placebo from 19 on */
                controls?: string;
                /** @description share of the benchmark that the firm is, such as 0.04: windows against the benchmark without it */
                weight?: string;
                /** @description the day of the event */
                date: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description instrument id, or a symbol such as XNAS:AMZN */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainInstrumentsList: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainMarketValue: {
        parameters: {
            query?: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description adds a relative index: the last close before this announcement = 100 */
                announcement?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description instrument id, or a symbol such as XNAS:AMZN */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainMarketValues: {
        parameters: {
            query: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description adds a relative index: the last close before this announcement = 100 */
                announcement?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description ids or symbols with commas between, at most 20 */
                instruments: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainEntityMarketValue: {
        parameters: {
            query?: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainEntitiesList: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainSentiment: {
        parameters: {
            query?: {
                /** @description first moment of the curve */
                from?: string;
                /** @description last moment of the curve */
                to?: string;
                /** @description ISO 8601 duration, default P7D */
                halfLife?: string;
                /** @description distance of the curve's points, ISO 8601 duration, default P1D */
                step?: string;
                /** @description what the curve's lines are, default kind */
                by?: "kind" | "holder" | "aspect" | "method";
                /** @description only what this holder expressed */
                holder?: string;
                /** @description only holders of this kind */
                kind?: "investor" | "analyst" | "management" | "press" | "regulator" | "legislator" | "customer" | "other";
                /** @description only expressions on this aspect */
                aspect?: "revenue" | "profitability" | "financing" | "demand" | "valuation" | "competition" | "product" | "governance" | "other";
                /** @description only scorings of this method, `name` or `name@version`; unstated: of each statement that of the method which scored the most of this subject, in its latest version */
                method?: string;
                /** @description weights of the kinds in `combined`, such as investor:2,press:0; the others have 1 */
                weights?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainEntityClaims: {
        parameters: {
            query?: {
                /** @description only claims in this state */
                state?: "open" | "met" | "missed" | "superseded";
                /** @description only claims on this metric */
                metric?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    explainExposure: {
        parameters: {
            query?: {
                /** @description steps, 1 to 6, default 2 */
                depth?: string;
                /** @description on: what the entity is exposed to; of: who is exposed to it; unstated: both */
                direction?: "on" | "of";
                /** @description only through these, such as supply,holding */
                channels?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description JSON pointer (or with dots) to a value, an object or a list of the view's answer; unstated: all of it */
                at?: string;
                /** @description at most so many values (default 100) */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each value comes about */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    listAnnouncements: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Announcements"] | components["schemas"]["AnnouncementsGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getAnnouncement: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementDetail"] | components["schemas"]["AnnouncementDetailGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"] | components["schemas"]["TimelineGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getReconciliation: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"] | components["schemas"]["ReconciliationGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getAnnouncementClaims: {
        parameters: {
            query?: {
                /** @description only claims in this state */
                state?: "open" | "met" | "missed" | "superseded";
                /** @description only claims on this metric */
                metric?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimsLedger"] | components["schemas"]["ClaimsLedgerGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getReaction: {
        parameters: {
            query: {
                /** @description id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity */
                benchmark: string;
                /** @description default market-model; factors needs factors */
                model?: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
                /** @description sets of factors with commas between, such as fama-french-3; with simple returns */
                factors?: string;
                /** @description trading days from day 0, with commas between; default 0:0,0:1. The first leads */
                windows?: string;
                /** @description trading days from day 0, default -260:-11 */
                estimation?: string;
                /** @description default simple */
                returns?: "simple" | "log";
                /** @description the series of prices; unstated: total-return, else split, else none */
                adjustment?: "none" | "split" | "total-return";
                /** @description firms on which nothing was announced that day, ids or symbols with commas between: a placebo from 19 on */
                controls?: string;
                /** @description share of the benchmark that the firm is, such as 0.04: windows against the benchmark without it */
                weight?: string;
                /** @description id or symbol of the share */
                instrument: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reaction"] | components["schemas"]["ReactionGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getConfounders: {
        parameters: {
            query: {
                /** @description ids or symbols with commas between */
                instruments: string;
                /** @description trading days from day 0 as FROM:TO, default -31:31 */
                days?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description announcement */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confounders"] | components["schemas"]["ConfoundersGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getDayReaction: {
        parameters: {
            query: {
                /** @description id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity */
                benchmark: string;
                /** @description default market-model; factors needs factors */
                model?: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
                /** @description sets of factors with commas between, such as fama-french-3; with simple returns */
                factors?: string;
                /** @description trading days from day 0, with commas between; default 0:0,0:1. The first leads */
                windows?: string;
                /** @description trading days from day 0, default -260:-11 */
                estimation?: string;
                /** @description default simple */
                returns?: "simple" | "log";
                /** @description the series of prices; unstated: total-return, else split, else none */
                adjustment?: "none" | "split" | "total-return";
                /** @description firms on which nothing was announced that day, ids or symbols with commas between: a placebo from 19 on */
                controls?: string;
                /** @description share of the benchmark that the firm is, such as 0.04: windows against the benchmark without it */
                weight?: string;
                /** @description the day of the event */
                date: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description instrument id, or a symbol such as XNAS:AMZN */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reaction"] | components["schemas"]["ReactionGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    listInstruments: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instruments"] | components["schemas"]["InstrumentsGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getMarketValue: {
        parameters: {
            query?: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description adds a relative index: the last close before this announcement = 100 */
                announcement?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description instrument id, or a symbol such as XNAS:AMZN */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketValue"] | components["schemas"]["MarketValueGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getMarketValues: {
        parameters: {
            query: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description adds a relative index: the last close before this announcement = 100 */
                announcement?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description ids or symbols with commas between, at most 20 */
                instruments: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketValues"] | components["schemas"]["MarketValuesGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getEntityMarketValue: {
        parameters: {
            query?: {
                /** @description exclusive */
                from?: string;
                /** @description inclusive */
                to?: string;
                /** @description the series of prices: none (as they were paid), split, total-return; unstated: of those stored the first. split is made of none where it is not stored, by the splits that are known */
                adjustment?: "none" | "split" | "total-return";
                /** @description only claims of this session */
                session?: "pre" | "regular" | "post" | "unknown";
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityMarketValue"] | components["schemas"]["EntityMarketValueGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    listEntities: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entities"] | components["schemas"]["EntitiesGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getSentiment: {
        parameters: {
            query?: {
                /** @description first moment of the curve */
                from?: string;
                /** @description last moment of the curve */
                to?: string;
                /** @description ISO 8601 duration, default P7D */
                halfLife?: string;
                /** @description distance of the curve's points, ISO 8601 duration, default P1D */
                step?: string;
                /** @description what the curve's lines are, default kind */
                by?: "kind" | "holder" | "aspect" | "method";
                /** @description only what this holder expressed */
                holder?: string;
                /** @description only holders of this kind */
                kind?: "investor" | "analyst" | "management" | "press" | "regulator" | "legislator" | "customer" | "other";
                /** @description only expressions on this aspect */
                aspect?: "revenue" | "profitability" | "financing" | "demand" | "valuation" | "competition" | "product" | "governance" | "other";
                /** @description only scorings of this method, `name` or `name@version`; unstated: of each statement that of the method which scored the most of this subject, in its latest version */
                method?: string;
                /** @description weights of the kinds in `combined`, such as investor:2,press:0; the others have 1 */
                weights?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description at most so many points of each series; the answer says in `thinned` how they were chosen, and from how many */
                maxPoints?: number;
                /** @description with maxPoints: min-max (default) keeps every extreme, lttb the look of the whole */
                thin?: "min-max" | "lttb";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sentiment"] | components["schemas"]["SentimentGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getEntityClaims: {
        parameters: {
            query?: {
                /** @description only claims in this state */
                state?: "open" | "met" | "missed" | "superseded";
                /** @description only claims on this metric */
                metric?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimsLedger"] | components["schemas"]["ClaimsLedgerGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getExposure: {
        parameters: {
            query?: {
                /** @description steps, 1 to 6, default 2 */
                depth?: string;
                /** @description on: what the entity is exposed to; of: who is exposed to it; unstated: both */
                direction?: "on" | "of";
                /** @description only through these, such as supply,holding */
                channels?: string;
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description only these fields of the answer, with commas between; dots lead into objects and the items of lists: level.close,points.date,points.close */
                fields?: string;
                /** @description with Accept: text/event-stream: a token (Tracker-Basis), or head: the stream ends with `end` once everything up to there is in it */
                until?: string;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format, of market values: what stands (default), or all that was ever known, each with its own ts_known: the table for as-of joins */
                versions?: "standing" | "all";
            };
            header?: {
                /** @description the ETag of the answer that the client has: 304 while it is the same */
                "If-None-Match"?: string;
                /** @description wait=N beside If-None-Match: the answer comes when it is another, or after N seconds, at most 55 */
                Prefer?: string;
                /** @description of a stream: id of the last message that the client has */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description entity */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the view; asked at several asOf or knownAt, a grid of it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exposure"] | components["schemas"]["ExposureGrid"];
                    "text/event-stream": components["schemas"]["Stream"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            204: components["responses"]["HasAll"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    studyEvents: {
        parameters: {
            query?: {
                /** @description valid time; unstated: the latest that the view reads. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                asOf?: string;
                /** @description only what was known by then; unstated: everything stored. Several, as a list A,B or a range FROM/TO/STEP (ISO 8601 duration), or a list of these, make the answer a grid of at most 500 cells */
                knownAt?: string;
                /** @description which knowing is meant by knownAt: published to the world (default), or recorded by this store */
                clock?: "published" | "recorded";
                /** @description token of an earlier answer (Tracker-Basis): the same bytes again */
                basis?: string;
                /** @description how an imprecise publication counts: from its latest bound (default), or, opting out of caution, from its earliest */
                imprecise?: "latest" | "earliest";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the events and the settings */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description id or symbol of what the share is compared with; further ones with commas between stand in the sensitivity
                     * @example INDEX:SPX
                     * @example INDEX:SPX,INDEX:NDX
                     */
                    benchmark: string;
                    /**
                     * @description default market-model; factors needs factors
                     * @enum {string}
                     */
                    model?: "market-model" | "mean-adjusted" | "market-adjusted" | "factors" | "scholes-williams" | "dimson-fowler-rorke" | "dimson";
                    /** @description sets of factors with commas between, such as fama-french-3; with simple returns */
                    factors?: string;
                    /** @description trading days from day 0, with commas between; default 0:0,0:1. The first leads */
                    windows?: string;
                    /** @description trading days from day 0, default -260:-11 */
                    estimation?: string;
                    /**
                     * @description default simple
                     * @enum {string}
                     */
                    returns?: "simple" | "log";
                    /**
                     * @description the series of prices; unstated: total-return, else split, else none
                     * @enum {string}
                     */
                    adjustment?: "none" | "split" | "total-return";
                    events: {
                        /** @description names the event; one share may have several */
                        event?: string;
                        /** @description id or symbol */
                        instrument: string;
                        /**
                         * @description its day, such as 2025-11-03, or an instant: after the close it counts for the next session
                         * @example 2025-11-03
                         * @example 2025-10-30T20:01:00Z
                         */
                        date: string;
                        /** @description what the cumulated returns are regressed on, by name */
                        values?: {
                            [key: string]: number;
                        };
                    }[];
                    /** @description names of values that the cumulated returns are regressed on, with commas between */
                    regress?: string;
                    /** @description of sign flips and bootstraps, default 1 */
                    seed?: number;
                };
            };
        };
        responses: {
            /** @description the study */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsStudy"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    getReactionAgain: {
        parameters: {
            query?: {
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path: {
                /** @description as the answer has it */
                again: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the study, as it was */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Tracker-Basis": components["headers"]["Basis"];
                    "Tracker-Checkpoint": components["headers"]["Checkpoint"];
                    "Tracker-Recorded"?: string;
                    "Tracker-Stale"?: string;
                    "Tracker-Scenario"?: string;
                    "Tracker-State": components["headers"]["State"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reaction"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    joinAsOf: {
        parameters: {
            query?: {
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
                /** @description token (the basis of a receipt): waits until what was stored up to there is projected, some seconds at most */
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the rows and what is wanted of them */
        requestBody: {
            content: {
                "application/json": {
                    views: ("market-value" | "sentiment" | "reaction")[];
                    /**
                     * @description ndjson (default): a line {values, reason} a row; else a table of the rows with their columns, arrow as a stream
                     * @enum {string}
                     */
                    format?: "csv" | "ndjson" | "arrow" | "parquet";
                    /** @description VIEW.FIELD, such as market-value.level.close; unstated: the usual ones of each view */
                    columns?: string[];
                    /** @enum {string} */
                    clock?: "published" | "recorded";
                    /** @description of the reaction */
                    benchmark?: string;
                    estimation?: string;
                    windows?: string;
                    rows: {
                        instrument: string;
                        entity?: string;
                        time: string;
                        knownAt?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description a line a row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    getReplay: {
        parameters: {
            query?: {
                /** @description log: as recorded (default); published: as the world came to know them; valid: as they were true */
                order?: "log" | "published" | "valid";
                /** @description event types with commas between */
                type?: string;
                /** @description only streams that begin so */
                stream?: string;
                /** @description id or symbol */
                instrument?: string;
                entity?: string;
                announcement?: string;
                /** @description on the clock of the order, inclusive */
                from?: string;
                /** @description exclusive */
                to?: string;
                /** @description cursor of the last event that was read; the header Last-Event-ID does the same, and goes before it in a stream. With follow also head: only what comes from now on */
                after?: string;
                limit?: number;
                /** @description true: goes on with what is appended; in log order */
                follow?: "true" | "false";
                /** @description with follow: a token (Tracker-Basis, the basis of a receipt), or head: ends once everything up to there was delivered */
                until?: string;
                /** @description times as fast as it happened, on the clock of the order */
                speed?: number;
                /** @description events a second */
                rate?: number;
                /** @description seconds; with speed: no wait is longer */
                longestWait?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ReplayStep"];
                    "text/event-stream": components["schemas"]["Stream"];
                };
            };
            204: components["responses"]["HasAll"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description another than json (default): the answer as a table (docs/exports.md); arrow is its format for streams */
                format?: "json" | "csv" | "ndjson" | "arrow" | "parquet";
                /** @description with format: event types with commas between */
                type?: string;
                /** @description with format: id or symbol */
                instrument?: string;
                /** @description with format */
                entity?: string;
                /** @description with format */
                announcement?: string;
                /** @description with format: known from then on */
                from?: string;
                /** @description with format: known before */
                to?: string;
                /** @description with format: known by then */
                knownAt?: string;
                /** @description cursor: `next` of the page before */
                after?: string;
                stream?: string;
                direction?: "forwards" | "backwards";
                /** @description default 100 */
                limit?: number;
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredEvents"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.apache.arrow.stream": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    appendEvents: {
        parameters: {
            query?: {
                /** @description into a scenario alone: faults on the way, as duplicates:0.1,late:0.05; what is refused is told, and the rest stored */
                faults?: string;
                /** @description of the faults, default 1 */
                seed?: number;
                /** @description with NDJSON: of any length, stored as it comes; a wrong line ends it, and what came before is stored */
                feed?: "true";
                /** @description with feed: goes on after a wrong line; the answer lists the first of them */
                keepGood?: "true";
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
            };
            header?: {
                /** @description makes the ids of events that have none, so that a repetition is recognised */
                "Idempotency-Key"?: string;
                /** @description the revision that the last event of the stream must have, quoted: "5"; the ETag of a receipt */
                "If-Match"?: string;
                /** @description the stream must not be there yet */
                "If-None-Match"?: "*";
            };
            path?: never;
            cookie?: never;
        };
        /** @description one event, a list, a list with the revision it goes at, or one event a line */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"] | components["schemas"]["NewEvent"][] | components["schemas"]["NewEventsAtRevision"];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description all of them were stored before; or, with faults, what became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"] | components["schemas"]["Filled"] | components["schemas"]["Fed"];
                };
            };
            /** @description stored */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"] | components["schemas"]["Fed"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            /** @description the stream is not as If-Match or If-None-Match expects: the problem has `actual`, its last revision */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    getEvent: {
        parameters: {
            query?: {
                /** @description id of a scenario: the answer is of it, and says so (Tracker-Scenario); unstated: the real world, in which nothing synthetic is seen */
                scenario?: string;
            };
            header?: never;
            path: {
                stream: string;
                revision: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    listScenarios: {
        parameters: {
            query?: {
                /** @description default open */
                state?: "open" | "archived" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the scenarios */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scenarios"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    openScenario: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description what it is */
        requestBody: {
            content: {
                "application/json": {
                    /** @example flash-crash */
                    scenario: string;
                    /** @enum {string} */
                    kind: "isolated" | "overlay";
                    title?: string;
                    note?: string;
                    /** @description of an overlay: Tracker-Basis of an earlier answer; unstated: the real world as it is now */
                    basis?: string;
                };
            };
        };
        responses: {
            /** @description it was open as asked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scenario"];
                };
            };
            /** @description opened */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scenario"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    getScenario: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the scenario */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScenarioDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getScenarioTruth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the truths */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        truths: components["schemas"]["GroundTruth"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    diffScenario: {
        parameters: {
            query?: {
                /** @description only this one */
                view?: "instrument" | "entity" | "market-value" | "entity-value" | "sentiment" | "claims" | "exposure" | "announcement" | "timeline" | "reconciliation" | "announcement-claims" | "reaction";
                /** @description only of this instrument, entity or announcement (ids) */
                subject?: string;
                asOf?: string;
                knownAt?: string;
                /** @description default base */
                against?: "base" | "now";
                /** @description of reactions, such as INDEX:SPX; without one they are not compared */
                benchmark?: string;
                /** @description at most so many rows, default 1000 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the differences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScenarioDiff"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    generateEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description the generator, its seed and parameters, and faults on the way */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description the same seed and parameters give the same bytes
                     * @default 1
                     */
                    seed?: number;
                    /** @default 50 */
                    firms?: number;
                    /**
                     * @description returns of each firm: sessions, of which the last is at or before `until`
                     * @default 500
                     */
                    days?: number;
                    /**
                     * Format: date
                     * @default 2025-12-31
                     */
                    until?: string;
                    /**
                     * @description normal; t4: Student's t(4); garch: GARCH(1,1) with 0.1 and 0.85; all of variance 1
                     * @default normal
                     * @enum {string}
                     */
                    errors?: "normal" | "t4" | "garch";
                    /**
                     * @description abnormal return of the day of the event
                     * @default 0.02
                     */
                    effect?: number;
                    /**
                     * @description by what the event multiplies the variance of its day
                     * @default 1
                     */
                    eventVariance?: number;
                    /**
                     * @description part of the variance of the day of the event that is shared by all events of its date
                     * @default 0
                     */
                    common?: number;
                    /** @description all events on one date */
                    oneDate?: string | boolean;
                    /**
                     * @description part of the days without a trade: the close stays, and what was missed comes with the next trade
                     * @default 0
                     */
                    thin?: number;
                    /**
                     * @description part of the days without a bar
                     * @default 0
                     */
                    missing?: number;
                    /** @constant */
                    generator: "market";
                    /** @description faults on the way, as duplicates:0.1,late:0.05 */
                    faults?: string;
                    faultSeed?: number;
                } | {
                    /**
                     * @description the same seed and parameters give the same bytes
                     * @default 1
                     */
                    seed?: number;
                    /**
                     * @description of each of the five kinds as many
                     * @default 25
                     */
                    claims?: number;
                    /**
                     * Format: date
                     * @description the first session; one for each claim, and one before them
                     * @default 2025-01-02
                     */
                    from?: string;
                    /** @constant */
                    generator: "claims";
                    /** @description faults on the way, as duplicates:0.1,late:0.05 */
                    faults?: string;
                    faultSeed?: number;
                } | {
                    /**
                     * @description the same seed and parameters give the same bytes
                     * @default 1
                     */
                    seed?: number;
                    /** @default 200 */
                    expressions?: number;
                    /** @default 60 */
                    days?: number;
                    /**
                     * Format: date
                     * @default 2025-10-01
                     */
                    from?: string;
                    /** @default 0.8 */
                    amplitude?: number;
                    /**
                     * @description days from one top of the curve to the next
                     * @default 30
                     */
                    period?: number;
                    /**
                     * @description days; of the decayed mean in the truth
                     * @default 7
                     */
                    halfLife?: number;
                    /** @constant */
                    generator: "sentiment";
                    /** @description faults on the way, as duplicates:0.1,late:0.05 */
                    faults?: string;
                    faultSeed?: number;
                } | {
                    /**
                     * @description the same seed and parameters give the same bytes
                     * @default 1
                     */
                    seed?: number;
                    /**
                     * @description id or symbol
                     * @example XNAS:AMZN
                     */
                    instrument: string;
                    /**
                     * Format: date
                     * @description the session whose return changes
                     */
                    date: string;
                    /** @description added to the return of that session: its close, and all later prices, are multiplied by what that makes */
                    effect: number;
                    /** @description the announcement that the corrections belong to */
                    announcement?: string;
                    /** @constant */
                    generator: "shock";
                    /** @description faults on the way, as duplicates:0.1,late:0.05 */
                    faults?: string;
                    faultSeed?: number;
                };
            };
        };
        responses: {
            /** @description what was stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Filled"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    archiveScenario: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** @description why, if there is something to say */
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description archived */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scenario"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
            507: components["responses"]["StoreFull"];
        };
    };
    getSessions: {
        parameters: {
            query: {
                /** @description both ends included */
                from: string;
                /** @description both ends included */
                to: string;
                /** @description closures declared later are left out; unstated: all that are known */
                knownAt?: string;
            };
            header?: never;
            path: {
                /** @description US: New York Stock Exchange and Nasdaq */
                id: "US";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description in their order */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description in its text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getProjections: {
        parameters: {
            query?: {
                hash?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description their state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projections"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["NotNow"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description every projection is live, or folds anew while an older version serves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadRequest"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
            /** @description not yet, or not any more: says why */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
