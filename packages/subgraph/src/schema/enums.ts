import { registerEnumType } from "type-graphql";

/** Registers an enum whose values are their own names, each with its description, and returns it for `@Field(() => …)`. */
export function enumType<T extends string>(name: string, description: string, values: Record<T, string>): Record<T, T> {
  const names = Object.keys(values) as T[];
  const type = Object.fromEntries(names.map((value) => [value, value])) as Record<T, T>;
  registerEnumType(type, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map((value) => [value, { description: values[value] }])) as never,
  });
  return type;
}
