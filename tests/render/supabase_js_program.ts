// What an application does with the types of the sample `accounts`, right and wrong.
import { createClient, type QueryData } from "@supabase/supabase-js";
import { Constants, type Database, type Enums, type Tables, type TablesInsert } from "./database.js";

const client = createClient<Database>("http://localhost", "key");

const joined = client.from("accounts").select("id, name, status, locations(city), profiles(serial)");
type Joined = QueryData<typeof joined>[number];

export async function read(): Promise<string[]> {
  const { data, error } = await joined;
  if (error) throw error;
  const first: Joined | undefined = data[0];
  if (!first) return [];
  const status: Enums<"account_status"> = first.status;
  const cities: string[] = first.locations.map((location) => location.city);
  // @ts-expect-error city is a text
  const numbers: number[] = first.locations.map((location) => location.city);
  // @ts-expect-error the note was not selected
  first.note;
  return [status, ...cities, ...numbers.map(String)];
}

export async function profile(): Promise<string | null> {
  const { data } = await client.from("profiles").select("serial, owner:accounts!fk_profiles_account_id(note)");
  // One profile belongs to one account, so the join is an object, no list.
  const note: string | null | undefined = data?.[0]?.owner.note;
  // @ts-expect-error no list
  data?.[0]?.owner.map;
  return note ?? null;
}

export async function wrongColumn(): Promise<void> {
  const { data } = await client.from("accounts").select("id, nowhere");
  // @ts-expect-error a column that is not there makes the result an error
  data?.[0]?.id;
  // @ts-expect-error a table that is not there
  client.from("nowhere");
}

export async function write(): Promise<void> {
  await client.from("accounts").insert({ name: "A", settings: { a: [1, null] } });
  await client.from("accounts").insert([{ id: "1", name: "A", settings: 1, status: "Active", note: null }]);
  await client.from("profiles").insert({ account_id: "1" });
  await client.from("accounts").update({ note: null, statuses: ["Pending", ""] });
  // @ts-expect-error name is required
  await client.from("accounts").insert({ settings: {} });
  // @ts-expect-error settings are required
  await client.from("accounts").insert({ name: "A" });
  // @ts-expect-error name is never null
  await client.from("accounts").update({ name: null });
  // @ts-expect-error no such value
  await client.from("accounts").update({ status: "Gone" });
  // @ts-expect-error a column that is not there
  await client.from("accounts").insert({ name: "A", settings: {}, nowhere: 1 });
  // @ts-expect-error a number for a text
  await client.from("locations").insert({ account_id: "1", number: 1, city: 1 });
}

export const row: Tables<"locations"> = { account_id: "1", number: 1, city: "Bern" };
export const insert: TablesInsert<{ schema: "public" }, "profiles"> = { account_id: "1" };
export const states: readonly Enums<"account_status">[] = Constants.public.Enums.account_status;
// @ts-expect-error city is missing
export const partial: Tables<"locations"> = { account_id: "1", number: 1 };
