import type { Factor } from "./criteria";
import type { CapacityTaken } from "./unmatched";
import type { Unblock, Violation } from "./violations";

/** Simplified Chinese or English; Traditional is made from Simplified elsewhere. */
export type WordScript = "zh-Hans" | "en";

interface Vocabulary {
  readonly list: (items: readonly string[]) => string;
  readonly kind: (kind: string) => string;
  readonly money: (minorUnits: number, currency: string) => string;
  readonly day: (date: string | null, open: string) => string;
}

const KINDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  SERVICE: ["服务", "services"],
  FUNDED_PROJECT: ["资助项目", "funded projects"],
  SPACE_OPERATION: ["空间运营", "running a space"],
  EXPERT: ["专家", "experts"],
  VOLUNTEERS: ["志愿者", "volunteers"],
  GOODS: ["物资", "goods"],
};

const VOCABULARY: Readonly<Record<WordScript, Vocabulary>> = {
  "zh-Hans": {
    list: (items) => (items.length === 0 ? "无" : items.join("、")),
    kind: (kind) => KINDS[kind]?.[0] ?? kind,
    money: (amount, currency) => (currency === "CNY" ? `${decimal(amount, currency)}元` : `${decimal(amount, currency)} ${currency}`),
    day: (date, open) => date ?? open,
  },
  en: {
    list: (items) => (items.length === 0 ? "none" : items.join(", ")),
    kind: (kind) => KINDS[kind]?.[1] ?? kind,
    money: (amount, currency) => `${currency} ${decimal(amount, currency)}`,
    day: (date, open) => date ?? open,
  },
};

/**
 * One readable sentence for a factor, a violation, CAPACITY_TAKEN or a step that unblocks. Tags, qualifications and region codes
 * appear as they were given; amounts in major units, with as many decimals as the currency has (ISO 4217).
 */
export function explainInWords(subject: Factor | Violation | CapacityTaken | Unblock, script: WordScript): string {
  const words = VOCABULARY[script];
  const [zh, en] =
    "criterion" in subject ? factorWords(subject, words) : "reason" in subject ? reasonWords(subject, words) : stepWords(subject, words);
  return script === "zh-Hans" ? zh : en;
}

type Sentence = readonly [zh: string, en: string];

function factorWords(factor: Factor, words: Vocabulary): Sentence {
  const [zh, en] = factorReason(factor, words);
  const { contribution, weight, value } = factor;
  return [`${zh}（${weight}×${value}＝${contribution}分）。`, `${en} (${weight} × ${value} = ${contribution} points).`];
}

function factorReason(factor: Factor, { list, money }: Vocabulary): Sentence {
  switch (factor.criterion) {
    case "CAPABILITY_FIT": {
      const { shared, wanted } = factor.facts;
      if (wanted === 0) return ["需求未限定能力", "The need asks for no particular capability"];
      return [
        `所需${wanted}项能力中具备${shared.length}项：${list(shared)}`,
        `It has ${shared.length} of the ${wanted} capabilities wanted: ${list(shared)}`,
      ];
    }
    case "BUDGET_FIT": {
      const { cost, budgetMax, perBeneficiary, currency } = factor.facts;
      if (cost === null) return ["资源方未报价，价格面议", "The price is by negotiation"];
      const head: Sentence =
        perBeneficiary === null ? ["", ""] : [`，人均${money(perBeneficiary, currency)}`, `, ${money(perBeneficiary, currency)} a person`];
      const ceiling: Sentence =
        budgetMax === null
          ? ["，需求未设预算上限", ", and the need sets no ceiling"]
          : [`，预算上限${money(budgetMax, currency)}`, `, against a ceiling of ${money(budgetMax, currency)}`];
      return [`总价${money(cost, currency)}${head[0]}${ceiling[0]}`, `The whole costs ${money(cost, currency)}${head[1]}${ceiling[1]}`];
    }
    case "PERIOD_FIT": {
      const { days, availableDays } = factor.facts;
      if (days === null) return ["需求未限定起止日期", "The need leaves its period open"];
      return [`需求期${days}天中可服务${availableDays}天`, `It is available on ${availableDays} of the need's ${days} days`];
    }
    case "PROXIMITY": {
      const { region, level, levels } = factor.facts;
      if (region === null) return ["服务范围未限定区域", "It names no region, so it serves everywhere"];
      return [
        `服务范围写明${region}，为所在${levels}级区划的第${level}级`,
        `It names region ${region}, level ${level} of ${levels} around the community`,
      ];
    }
    case "TRACK_RECORD":
      return [`有${factor.facts.cases}个案例`, `It shows ${factor.facts.cases} case(s)`];
    case "QUALIFICATION_SURPLUS":
      return [`要求之外另有资质：${list(factor.facts.surplus)}`, `Qualifications beyond those required: ${list(factor.facts.surplus)}`];
  }
}

function reasonWords(subject: Violation | CapacityTaken, { list, kind, money, day }: Vocabulary): Sentence {
  switch (subject.reason) {
    case "KIND_MISMATCH": {
      const { wanted, offered } = subject.facts;
      const kinds = list(offered.map(kind));
      return [`需求类别为${kind(wanted)}，资源只提供：${kinds}。`, `The need is for ${kind(wanted)}, the offer is for: ${kinds}.`];
    }
    case "NO_SHARED_CAPABILITY": {
      const { wanted, offered } = subject.facts;
      return [
        `没有共同的能力标签：需要${list(wanted)}，资源具备${list(offered)}。`,
        `They share no capability: wanted ${list(wanted)}; offered ${list(offered)}.`,
      ];
    }
    case "OUT_OF_COVERAGE": {
      const { place, covered } = subject.facts;
      return [
        `服务范围（${list(covered)}）不含${list(place.slice(-1))}。`,
        `The regions served (${list(covered)}) do not include ${list(place.slice(-1))}.`,
      ];
    }
    case "CURRENCY_MISMATCH": {
      const { needCurrency, offerCurrency } = subject.facts;
      return [`预算以${needCurrency}计，报价以${offerCurrency}计。`, `The budget is in ${needCurrency}, the price in ${offerCurrency}.`];
    }
    case "OVER_BUDGET": {
      const { cost, price, quantity, budgetMax, over, currency } = subject.facts;
      const [total, unit, ceiling, excess] = [cost, price, budgetMax, over].map((amount) => money(amount, currency));
      return [
        `总价${total}（单价${unit}×${quantity}）超出预算上限${ceiling}，多${excess}。`,
        `The whole costs ${total} (${unit} × ${quantity}), ${excess} above the ceiling of ${ceiling}.`,
      ];
    }
    case "NO_PERIOD_OVERLAP": {
      const { startsOn, endsOn, availableFrom, availableTo, gapDays } = subject.facts;
      return [
        `需求期（${day(startsOn, "不限")}至${day(endsOn, "不限")}）与可服务期（${day(availableFrom, "不限")}至${day(availableTo, "不限")}）相差${gapDays}天。`,
        `The need's period (${day(startsOn, "open")} to ${day(endsOn, "open")}) and the availability (${day(availableFrom, "open")} to ${day(availableTo, "open")}) miss each other by ${gapDays} day(s).`,
      ];
    }
    case "MISSING_QUALIFICATION":
      return [`缺少所需资质：${list(subject.facts.missing)}。`, `Required qualifications are missing: ${list(subject.facts.missing)}.`];
    case "CAPACITY_ZERO":
      return ["资源方没有可用名额。", "The offer has no capacity."];
    case "CAPACITY_TAKEN": {
      const { capacity, shortBy, takenBy } = subject.facts;
      const units = takenBy.reduce((sum, holder) => sum + holder.units, 0);
      const short: Sentence = shortBy > 0 ? [`，本需求还差${shortBy}分`, `; this need is ${shortBy} points short`] : ["", ""];
      return [
        `${capacity}个名额中${units}个已由${takenBy.length}项需求占用${short[0]}。`,
        `${units} of its ${capacity} unit(s) went to ${takenBy.length} need(s)${short[1]}.`,
      ];
    }
  }
}

function stepWords(step: Unblock, { list, kind, money }: Vocabulary): Sentence {
  switch (step.change) {
    case "ADD_KIND": {
      const kinds = list(step.values.map(kind));
      return [`资源方增加服务类别：${kinds}。`, `The offer would add the kind: ${kinds}.`];
    }
    case "ADD_CAPABILITY":
      return step.side === "OFFER"
        ? [`资源方具备以下任一能力：${list(step.values)}。`, `The offer would add any of these capabilities: ${list(step.values)}.`]
        : [`需求方接受以下任一能力：${list(step.values)}。`, `The need would accept any of these capabilities: ${list(step.values)}.`];
    case "ADD_COVERAGE":
      return [`资源方把服务范围扩大到${list(step.values)}。`, `The offer would extend its coverage to ${list(step.values)}.`];
    case "RAISE_BUDGET":
      return [
        `需求方把预算上限提高${money(step.by, step.currency)}。`,
        `The need would raise its ceiling by ${money(step.by, step.currency)}.`,
      ];
    case "LOWER_PRICE":
      return [
        `资源方把单价降低${money(step.by, step.currency)}。`,
        `The offer would lower its price for one unit by ${money(step.by, step.currency)}.`,
      ];
    case "RESTATE_CURRENCY":
      return step.side === "OFFER"
        ? [`资源方改以${list(step.values)}报价。`, `The offer would state its price in ${list(step.values)}.`]
        : [`需求方改以${list(step.values)}列预算。`, `The need would state its budget in ${list(step.values)}.`];
    case "EXTEND_PERIOD":
      return step.end === "START"
        ? [`需求期提前${step.by}天开始。`, `The need would begin ${step.by} day(s) earlier.`]
        : [`需求期延后${step.by}天结束。`, `The need would end ${step.by} day(s) later.`];
    case "EXTEND_AVAILABILITY":
      return step.end === "START"
        ? [`资源方提前${step.by}天开始服务。`, `The offer would be available ${step.by} day(s) earlier.`]
        : [`资源方延后${step.by}天结束服务。`, `The offer would be available ${step.by} day(s) longer.`];
    case "OBTAIN_QUALIFICATION":
      return [`资源方取得资质：${list(step.values)}。`, `The offer would obtain the qualification(s): ${list(step.values)}.`];
    case "RAISE_CAPACITY":
      return step.minimal
        ? [`资源方增加${step.by}个名额。`, `The offer would add ${step.by} unit(s) of capacity.`]
        : [`资源方至多增加${step.by}个名额即可。`, `At most ${step.by} more unit(s) of capacity at the offer would do.`];
  }
}

function decimal(minorUnits: number, currency: string): string {
  const digits = decimalsOf(currency);
  const scale = 10n ** BigInt(digits);
  const amount = BigInt(minorUnits);
  const whole = (amount / scale).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return digits === 0 ? whole : `${whole}.${(amount % scale).toString().padStart(digits, "0")}`;
}

/** Two decimals for a code that is not of ISO 4217's shape. */
function decimalsOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
