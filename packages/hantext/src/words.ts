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
const pairs = (words: string): (readonly [string, string])[] => words.split(" ").map((pair) => pair.split(">") as [string, string]);

/** Before these endings one of the family names stands as a name, whatever it means elsewhere (于各庄 is not 於各莊). */
const FAMILIES = "余于范郁岳涂党";
const ENDINGS = pairs(
  "家>家 庄>莊 各庄>各莊 辛庄>辛莊 湾>灣 村>村 屯>屯 营>營 寨>寨 沟>溝 坡>坡 店>店 堡>堡 桥>橋 街>街 洼>窪 口>口 岗>崗 楼>樓 塘>塘 镇>鎮 岭>嶺 畈>畈 集>集 坊>坊 院>院",
);

/**
 * Place names and offices that OpenCC writes wrongly. 斗, 余, 于, 范, 郁, 岳, 涂 and 党 are stars', rivers' and families' names before they
 * are 鬥, 餘, 於, 範, 鬱, 嶽, 塗 and 黨; where one of them is far more often the name, it is the default and the other word is listed.
 */
export const PLACE_WORDS_TO_TRADITIONAL: readonly (readonly [string, string])[] = [
  ...[...FAMILIES].flatMap((name) => ENDINGS.map(([hans, hant]) => [name + hans, name + hant] as const)),
  ...pairs("钟家>鍾家 钟庄>鍾莊 钟村>鍾村 万家>萬家 家冲>家沖 斗门>斗門 书台>書臺 妆台>妝臺 读书台>讀書臺"),
  ...same("斗 范 岳 郁 涂 里 后里 后壁 胡同 台州 天台 台山 于都 于田 于洪 单于 万俟 松口 种家 谷家 姜家 干家"),
  ...pairs("奋斗>奮鬥 战斗>戰鬥 搏斗>搏鬥 争斗>爭鬥 械斗>械鬥 打斗>打鬥 决斗>決鬥 格斗>格鬥 斗争>鬥爭 斗志>鬥志 斗智>鬥智 斗牛>鬥牛"),
  ...pairs(
    "范围>範圍 模范>模範 示范>示範 规范>規範 师范>師範 典范>典範 防范>防範 风范>風範 范例>範例 范畴>範疇 范本>範本 范文>範文 垂范>垂範",
  ),
  ...pairs("忧郁>憂鬱 抑郁>抑鬱 郁闷>鬱悶 郁金香>鬱金香 五岳>五嶽 滩涂>灘塗 海涂>海塗 涂料>塗料 糊涂>糊塗 涂鸦>塗鴉 涂抹>塗抹"),
  ...pairs(
    "这里>這裡 那里>那裡 哪里>哪裡 家里>家裡 心里>心裡 夜里>夜裡 城里>城裡 手里>手裡 屋里>屋裡 房里>房裡 院子里>院子裡 社区里>社區裡 街道里>街道裡",
  ),
  ...pairs("小区里>小區裡 眼里>眼裡 梦里>夢裡 怀里>懷裡 嘴里>嘴裡 里面>裡面 里头>裡頭"),
];

/**
 * 里 where it is a ward or a mile. It is taken out before OpenCC, which has 屯里, 明里 and some hundred more for "inside", sees it:
 * 光明里社区 is 光明里社區.
 */
export const WARD =
  /(?<!这|那|哪|家|心|夜|城|手|屋|房|院子|社区|街道|小区|眼|梦|怀|嘴)里(?!面|头)|(?<=[家心夜城手屋房眼梦怀嘴])里(?=社区|村|居|街|小区|路|巷|委)/;
