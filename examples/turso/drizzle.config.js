/** @type {import("drizzle-kit").Config} */
export default {
  schema: "./src/lib/db/schema.js",
  out: "./migrations",
  dialect: "turso",
  dbCredentials: {
    url: process.env.TURSO_DATABASE_URL,
    authToken: process.env.TURSO_AUTH_TOKEN,
  },
};
