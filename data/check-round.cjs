"use strict";
/** The part of the data check that looks at the Huayang round: counts of the report, and a list worth matching. */

const NEED_KINDS = ["服务", "资金项目", "空间运营", "专家", "志愿者", "物资"];
const FUND_KINDS = ["保障资金", "激励资金", "其他", "无"];
const DATE = /^2024-\d\d-\d\d$/;
/** The needs that no offer can serve, by design, each for one reason of its own. */
const BLOCKED = {
  "HY2024-N15": "capability",
  "HY2024-N26": "period",
  "HY2024-N39": "coverage",
  "HY2024-N44": "budget",
  "HY2024-N47": "qualification",
};

function blockers(need, offer, { list, scopes }) {
  const has = (wanted, given) => wanted.some((item) => given.includes(item));
  return [
    !list(offer.需求类别).includes(need.类型) && "kind",
    !has(list(need.标签), list(offer.能力)) && "capability",
    Number(offer.单价) * Number(need.数量) > Number(need.预算上限) && "budget",
    !(offer.可用起始日期 <= need.开始日期 && need.结束日期 <= offer.可用截止日期) && "period",
    !list(need.所需资质).every((item) => list(offer.资质).includes(item)) && "qualification",
    !has(scopes(need.communityCode), offer.covered) && "coverage",
  ].filter(Boolean);
}

/** How many needs can be served at once, each by one offer and no offer beyond its capacity (augmenting paths). */
function servable(needs, offers, edges) {
  const taken = new Map(offers.map((offer) => [offer, []]));
  const place = (need, visited) => {
    for (const offer of edges.get(need)) {
      if (visited.has(offer)) continue;
      visited.add(offer);
      const guests = taken.get(offer);
      if (guests.length < Number(offer.可承接数量)) {
        guests.push(need);
        return true;
      }
      const moved = guests.findIndex((guest) => place(guest, visited));
      if (moved >= 0) {
        guests[moved] = need;
        return true;
      }
    }
    return false;
  };
  return needs.filter((need) => place(need, new Set())).length;
}

function checkRows({ needs, offers, fail, list }) {
  for (const row of needs) {
    if (!NEED_KINDS.includes(row.类型) || !FUND_KINDS.includes(row.资金类别))
      fail(row.where, `unknown kind ${row.类型} or fund ${row.资金类别}`);
    if (!(Number(row.预算下限) >= 0 && Number(row.预算下限) <= Number(row.预算上限))) fail(row.where, "bad budget");
    if (!DATE.test(row.开始日期) || !DATE.test(row.结束日期) || row.开始日期 > row.结束日期) fail(row.where, "bad period");
    if (!(Number(row.数量) >= 1) || list(row.标签).length === 0 || row.币种 !== "CNY") fail(row.where, "bad quantity, tags or currency");
  }
  for (const row of offers) {
    if (!list(row.需求类别).every((kind) => NEED_KINDS.includes(kind))) fail(row.where, `unknown kind in ${row.需求类别}`);
    if (!(Number(row.单价) > 0) || !(Number(row.可承接数量) >= 1) || row.币种 !== "CNY") fail(row.where, "bad price, capacity or currency");
    if (!DATE.test(row.可用起始日期) || !DATE.test(row.可用截止日期) || row.可用起始日期 > row.可用截止日期)
      fail(row.where, "bad availability");
  }
}

function checkCounts({ needs, offers, participants, registered, fail }) {
  const expect = (what, actual, wanted) => actual !== wanted && fail("round", `${what}: ${actual}, the report says ${wanted}`);
  const street = registered.filter((row) => row.streetCode === "510116003").map((row) => row.code);
  const at = (session, kind) => participants.filter((row) => row.session === session && row.partyKind === kind).map((row) => row.partyId);
  expect("communities at the negotiation", at("huayang-negotiation", "COMMUNITY").filter((code) => street.includes(code)).length, 24);
  expect("organisations at the negotiation", at("huayang-negotiation", "ORGANISATION").length, 17);
  expect("organisations with cases", at("huayang-cases", "ORGANISATION").length, 12);
  expect("organisations with offers", new Set(offers.map((row) => row.机构名称)).size, 17);
  for (const code of street) {
    if (needs.filter((row) => row.communityCode === code).length < 2) fail("round", `community ${code} has fewer than two needs`);
  }
}

function checkRound(data) {
  const { needs, offers, fail } = data;
  checkRows(data);
  checkCounts(data);
  const edges = new Map(needs.map((need) => [need, offers.filter((offer) => blockers(need, offer, data).length === 0)]));
  for (const need of needs) {
    const reason = BLOCKED[need.编号];
    if (Boolean(reason) !== (edges.get(need).length === 0))
      fail(need.where, reason ? `is meant to be blocked by ${reason}` : "no offer can serve it");
    const nearest = offers
      .map((offer) => blockers(need, offer, data))
      .filter((each) => each.length === 1)
      .map(([only]) => only);
    if (reason && !(nearest.includes(reason) && nearest.every((each) => each === reason || each === "capability"))) {
      fail(need.where, `is meant to be blocked by ${reason} alone, but the nearest offers lack ${nearest.join(", ")}`);
    }
  }
  const pairs = [...edges.values()].reduce((sum, each) => sum + each.length, 0);
  const matched = servable(needs, offers, edges);
  if (matched < 50) fail("round", `only ${matched} needs can be served at once`);
  if (matched >= needs.length - Object.keys(BLOCKED).length) fail("round", "no offer is contested");
  return { pairs, matched, blocked: Object.keys(BLOCKED) };
}

module.exports = { checkRound };
