import { fold } from "@gongjian/hantext";

/**
 * Characters that make up most of any Chinese text, simplified: the commonest ones, and those of our tables (places, needs, resources).
 * Text decoded as what it is not is made of rare ones.
 */
const COMMON: ReadonlySet<string> = new Set(
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运需街村镇县省居委办事处服务项目编号批次养老幼残疾爱好志愿预算备注来源组织机构标题称所属辖镇乡邻里台湾高雄中南金门联系电话元单价周末探访陪伴助餐文艺体育环境卫生医疗健康培训就业法律调解空间运营专家物资名额案例截止起始邀请截至户籍居民小区楼栋院落园幼儿绿化改造更新微花草树木池路灯车棚广场阅览室图书馆博物馆纪念册会议厅楼层七六八九零百千亿月日号社区",
);

const SAMPLE = 20_000;
const PRIVATE_OR_BROKEN = /[\ue000-\uf8ff\ufffd]|\p{Cn}/u;
const LETTER = /\p{L}/u;

export interface Likeness {
  /** From -1 to 1: the share of characters beyond ASCII that are common, less those that are none. */
  share: number;
  /** How many characters were looked at. */
  of: number;
}

/** How far a text looks like Chinese that somebody wrote. */
export function likeness(text: string): Likeness {
  const beyond = [...text.slice(0, SAMPLE)].filter((character) => character > "\u007f");
  if (beyond.length === 0) return { share: 0, of: 0 };
  const broken = beyond.filter((character) => PRIVATE_OR_BROKEN.test(character)).length;
  const common = [...fold(beyond.filter((character) => LETTER.test(character)).join(""))].filter((character) =>
    COMMON.has(character),
  ).length;
  return { share: (common - broken) / beyond.length, of: beyond.length };
}
