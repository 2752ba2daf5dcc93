/**
 * Words that mainland China and Taiwan write differently, as [Taiwan, mainland]. OpenCC's own list (`twp`) is one of software
 * terms: it makes 社区 (a neighbourhood) 社群, 埠 (a wharf, in some thousand village names) 端口, 獅子山 塞拉利昂 and 行程 进程. So only
 * words that are safe in both directions, in the texts of neighbourhoods, are exchanged.
 */
export const WORDS_CN_TW: readonly (readonly [tw: string, cn: string])[] = [
  ["網際網路", "互联网"],
  ["網路", "网络"],
  ["部落格", "博客"],
  ["軟體", "软件"],
  ["硬體", "硬件"],
  ["資訊", "信息"],
  ["簡訊", "短信"],
  ["螢幕", "屏幕"],
  ["滑鼠", "鼠标"],
  ["伺服器", "服务器"],
  ["資料庫", "数据库"],
  ["印表機", "打印机"],
  ["列印", "打印"],
  ["人工智慧", "人工智能"],
  ["智慧型手機", "智能手机"],
  ["行動電話", "移动电话"],
  ["行動支付", "移动支付"],
  ["視訊會議", "视频会议"],
  ["計程車", "出租车"],
  ["腳踏車", "自行车"],
  ["塑膠", "塑料"],
  ["冷氣機", "空调机"],
  ["幼稚園", "幼儿园"],
  ["愛滋病", "艾滋病"],
  ["失智症", "痴呆症"],
  ["自閉症", "孤独症"],
  ["紐西蘭", "新西兰"],
  ["義大利", "意大利"],
  ["寮國", "老挝"],
];

/** Right from Simplified to Traditional only: the other way the word has another meaning as well (影片 is also a film). */
export const WORDS_CN_TW_ONE_WAY: readonly (readonly [string, string])[] = [
  ["视频", "影片"],
  ["智能", "智慧"],
];

const same = (words: string): (readonly [string, string])[] => words.split(" ").map((word) => [word, word]);
const inside = "这 那 哪 家 心 夜 城 手 屋 房 院子 社区 街道 小区 眼 梦 怀 嘴 宫".split(" ");

/**
 * Place names and offices that OpenCC writes wrongly: 里 is a ward (里) here and "inside" (裡) only after some words; 斗, 余, 于, 范, 郁, 岳,
 * 涂 and 党 are rivers' and families' names before they are 鬥, 餘, 於, 範, 鬱, 嶽, 塗 and 黨.
 */
export const PLACE_WORDS_TO_TRADITIONAL: readonly (readonly [string, string])[] = [
  ...same("里 斗 村里 市里 后里 后壁 水里 山里 田里 土里 井里 胡同 台州 天台 台山 于都 于田 于洪 单于 岳阳 岳池 岳麓 涂山 万俟"),
  ["县里", "縣里"],
  ["园里", "園里"],
  ["庄里", "莊里"],
  ["湖里区", "湖里區"],
  ["湾里", "灣里"],
  ["湾里区", "灣里區"],
  ["斗门", "斗門"],
  ...[..."余于范郁岳涂党种仇朱游沈姜干谷曲"].flatMap((name): (readonly [string, string])[] => [
    [`${name}家`, `${name}家`],
    [`${name}庄`, `${name}莊`],
    [`${name}湾`, `${name}灣`],
  ]),
  ["钟家", "鍾家"],
  ["万家", "萬家"],
  ...["奋", "战", "搏", "争", "械", "打", "决"].map(
    (word) => [`${word}斗`, `${{ 奋: "奮", 战: "戰", 争: "爭", 决: "決" }[word] ?? word}鬥`] as const,
  ),
  ["斗争", "鬥爭"],
  ["斗志", "鬥志"],
  ...inside.map(
    (word) => [`${word}里`, `${{ 这: "這", 宫: "宮", 梦: "夢", 怀: "懷", 社区: "社區", 小区: "小區" }[word] ?? word}裡`] as const,
  ),
  ["里面", "裡面"],
  ["里头", "裡頭"],
];
