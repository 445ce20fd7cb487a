"""The helper types that stand below `Database`: shorter names for the rows of a table and for enums."""

HELPERS = """\
type Schemas = Omit<Database, "__InternalSupabase">;
type Defaults = Schemas["public"];
type InSchema = { schema: keyof Schemas };

// The names that may follow `{ schema: … }`: those of the sections (Tables, Views, …) of that schema.
type NamesIn<Choice, Sections extends keyof Defaults> = Choice extends InSchema
  ? Sections extends unknown
    ? keyof Schemas[Choice["schema"]][Sections]
    : never
  : never;

// What a name stands for: in the schema that is chosen, or in `public` when the choice is the name itself.
type Named<Choice, Name, Sections extends keyof Defaults> = Choice extends InSchema
  ? Sections extends unknown
    ? Member<Schemas[Choice["schema"]][Sections], Name>
    : never
  : Sections extends unknown
    ? Member<Defaults[Sections], Choice>
    : never;

type Member<Section, Name> = Name extends keyof Section ? Section[Name] : never;
type Fields<Relation, Kind extends string> = Relation extends { [_ in Kind]: infer Found }
  ? Found
  : never;

/** A row as it is read: `Tables<"accounts">`, or `Tables<{ schema: "public" }, "accounts">`; views too. */
export type Tables<
  Choice extends keyof Defaults["Tables"] | keyof Defaults["Views"] | InSchema,
  Name extends NamesIn<Choice, "Tables" | "Views"> = never,
> = Fields<Named<Choice, Name, "Tables" | "Views">, "Row">;

/** What an insert takes: columns with a default, and those that may be NULL, can be left out. */
export type TablesInsert<
  Choice extends keyof Defaults["Tables"] | InSchema,
  Name extends NamesIn<Choice, "Tables"> = never,
> = Fields<Named<Choice, Name, "Tables">, "Insert">;

/** What an update takes: any of the columns. */
export type TablesUpdate<
  Choice extends keyof Defaults["Tables"] | InSchema,
  Name extends NamesIn<Choice, "Tables"> = never,
> = Fields<Named<Choice, Name, "Tables">, "Update">;

/** The values of an enum: `Enums<"account_status">`. */
export type Enums<
  Choice extends keyof Defaults["Enums"] | InSchema,
  Name extends NamesIn<Choice, "Enums"> = never,
> = Named<Choice, Name, "Enums">;

/** A composite type's fields. */
export type CompositeTypes<
  Choice extends keyof Defaults["CompositeTypes"] | InSchema,
  Name extends NamesIn<Choice, "CompositeTypes"> = never,
> = Named<Choice, Name, "CompositeTypes">;
"""
