import { toTsQuery, warmUp } from ".";

test("warming up lets others have their turns between the dictionaries, and changes no answer", async () => {
  const texts = ["龍泉驛", "社区活动", "lqy", "軟體園"];
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const warming = warmUp();
  expect(turns).toBe(0);
  await warming;
  clearInterval(counting);
  expect(turns).toBeGreaterThanOrEqual(3);
  const before = texts.map(toTsQuery);
  await warmUp();
  expect(texts.map(toTsQuery)).toEqual(before);
});
