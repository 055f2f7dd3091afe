import "dotenv/config";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const client = postgres(process.env.DATABASE_URL!, { max: 1 });

async function main() {
  await migrate(drizzle(client), { migrationsFolder: "drizzle" });
  await client.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
