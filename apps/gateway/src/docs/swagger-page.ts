/*
 * Swagger UI's page without anything inline, so that the strictest Content-Security-Policy that it can live with holds.
 * Everything it loads comes from this server.
 */

export const SWAGGER_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Sillage API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/initializer.js"></script>
  </body>
</html>
`;

export const SWAGGER_INITIALIZER = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  // Models last and closed: they are long.
  defaultModelsExpandDepth: 0,
  // Nothing is sent to the validator on the internet.
  validatorUrl: null,
});
`;

/** The files of swagger-ui-dist that the page loads. */
export const SWAGGER_ASSETS: readonly string[] = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
