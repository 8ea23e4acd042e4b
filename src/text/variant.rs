//! Traditional and variant characters, folded into the simplified form that mainland portals use.

use std::sync::LazyLock;

/// Pairs of a variant and its simplified form, written one after the other. Only characters whose simplified form is
/// never in doubt stand here.
const PAIRS: &str = "
證证辦办機机關关單单圖图書书號号碼码電电話话時时間间點点區区縣县鄉乡鎮镇街街國国務务務务廳厅廠厂門门開开閉闭關关
請请須须項项類类級级類类層层樓楼號号門门窗窗號号處处體体業业產产營营運运費费錢钱財财貨货資资質质賬账賦赋購购賣卖買买
費费稅税額额圓圆萬万億亿兩两貳贰參参陸陆個个種种們们這这該该應应當当對对於于後后從从為为與与無无還还過过進进遠远達达
遞递選选適适遷迁連连運运邊边郵邮鄰邻醫医藥药療疗養养護护險险障障殘残齡龄歲岁長长婦妇兒儿嬰婴孫孙親亲屬属戶户籍籍遺遗
產产權权屬属證证書书簽签發发換换補补領领審审批批報报備备註注銷销變变更更轉转讓让認认定定許许可可執执照照業业職职稱称資资
員员學学習习試试驗验課课師师導导訓训練练勞劳動动就就業业創创業业獎奖勵励懲惩罰罚檢检測测驗验監监督督訴诉訟诉訟讼復复議议
裁裁決决調调解解條条款款規规則则範范標标準准節节約约環环評评價价聲声響响農农村村鄉乡漁渔畜畜獸兽種种糧粮穀谷場场園园
車车輛辆駕驾駛驶輪轮軍军艦舰機机場场鐵铁橋桥隧隧貨货櫃柜儲储倉仓庫库設设備备裝装製制造造築筑牆墙繪绘圖图樣样張张頁页
紙纸電电網网線线絡络統统總总結结綜综組组織织給给經经絕绝繼继續续緩缓編编緊紧縮缩繳缴紅红綠绿藍蓝銀银鋼钢鎮镇鑑鉴鑒鉴錄录
錯错鍵键鏈链鎖锁針针釘钉鐘钟鈔钞銅铜鋁铝問问聞闻閱阅闊阔隊队陽阳陰阴隨随際际險险隱隐雖虽雙双雜杂離离難难雲云靈灵靜静
頂顶頒颁頭头頻频題题顏颜願愿顧顾類类顯显風风飛飞飯饭飲饮館馆馬马駐驻驅驱驟骤體体髮发魚鱼鳥鸟鹽盐麗丽麥麦黃黄點点黨党
齊齐齒齿龍龙龜龟車车軟软較较載载輔辅輕轻輸输轄辖轉转農农邏逻鄧邓鄭郑醜丑釋释針针閃闪間间關关陳陈隸隶僅仅價价儀仪億亿優优
償偿傳传債债傷伤傾倾僑侨儘尽內内兩两冊册凍冻凈净減减幾几劃划劇剧動动勝胜勢势勳勋匯汇協协單单卻却廁厕壓压厲厉參参叢丛
員员問问啟启喪丧嚴严團团圍围園园圓圆執执堅坚報报場场塊块塵尘墊垫壞坏壟垄壯壮聲声壽寿夢梦夾夹奪夺奮奋妝妆婦妇媽妈孫孙學学
寧宁實实寫写寬宽寶宝將将專专尋寻導导屆届屍尸層层屬属岡冈島岛嶺岭師师帳帐帶带幣币幫帮幹干廣广廢废廟庙彈弹彌弥彙汇徑径從从
復复徵征徹彻恆恒悅悦惱恼惡恶愛爱態态慣惯慮虑慶庆憂忧憑凭憲宪懷怀應应懸悬戰战戲戏戶户拋抛掃扫掛挂採采揚扬換换損损搖摇搶抢
摺折撥拨撫抚擇择擊击擋挡據据擬拟擴扩擺摆擾扰攜携攝摄敗败敵敌數数斂敛斷断時时晉晋晝昼暫暂曆历會会東东條条棄弃棟栋椅椅業业
極极榮荣構构槍枪樂乐樓楼標标樞枢樣样樹树橫横檔档檢检櫃柜欄栏歡欢歐欧歷历歸归殘残殺杀殼壳毀毁氣气決决沒没況况涉涉淚泪淺浅
減减渦涡測测湯汤準准溝沟溫温滅灭滾滚滿满漢汉漲涨潔洁潛潜潤润澤泽濟济濫滥濕湿濱滨瀏浏灣湾災灾為为烏乌無无煙烟煩烦熱热燈灯
燒烧營营爐炉爭争爺爷爾尔牆墙牽牵犧牺狀状狹狭獄狱獎奖獨独獲获獻献現现環环瑪玛璽玺產产畝亩畢毕異异畫画當当療疗發发盜盗盡尽
監监盤盘眾众睜睁瞭了矚瞩礎础礦矿碼码確确禦御禮礼禪禅種种稱称穩稳積积窮穷競竞筆笔節节範范築筑簡简簽签簿簿籃篮籌筹籤签類类
糾纠紀纪約约紋纹納纳純纯紛纷級级細细終终組组結结絕绝統统絲丝經经綁绑維维網网緒绪緣缘線线編编緩缓縣县縫缝總总績绩織织繁繁
繞绕繪绘繫系繳缴續续纏缠罷罢罰罚羅罗義义習习聖圣聯联聰聪聲声職职聽听肅肃脅胁脈脉腎肾腦脑腫肿腳脚臨临舉举舊旧艙舱艱艰藝艺
莊庄華华萬万葉叶蒐搜蓋盖蓮莲蔭荫薦荐藥药蘇苏蘭兰處处虛虚號号蟲虫衛卫衝冲補补裝装裡里裏里製制複复襲袭見见規规視视覺觉覽览觀观
觸触訂订計计訊讯討讨訓训記记設设許许訴诉診诊詐诈評评詞词詢询試试詳详誌志認认誠诚誤误說说課课誰谁調调談谈請请諒谅論论諮咨
諾诺謀谋謂谓謝谢證证識识譜谱警警譯译議议護护讀读變变讓让豐丰貝贝貞贞負负財财貢贡貧贫貨货販贩貪贪貫贯責责貯贮貴贵貸贷貿贸
賀贺賃赁資资賓宾賜赐賞赏賠赔賢贤質质賴赖購购賽赛贈赠贊赞贏赢贖赎趕赶趙赵跡迹踐践躍跃軌轨較较輛辆輩辈輪轮輯辑辭辞辯辩農农
迴回逕径這这週周違违遙遥遞递遲迟遺遗邁迈邏逻郷乡醞酝釀酿鈕钮鉤钩銘铭銳锐鋪铺錶表鍋锅鍛锻鎔熔鏡镜鑰钥鑽钻長长閑闲閘闸閣阁
陣阵陝陕階阶際际隴陇雞鸡雖虽霧雾韓韩響响頁页頃顷順顺預预領领頸颈頻频額额飄飘飾饰餐餐餘余駁驳騎骑騙骗驕骄驚惊鬆松鬥斗鬧闹
鮮鲜鳳凤鴻鸿鹼碱麵面黴霉鼓鼓齋斋
冇没囯国圡土囬回亝斋昰是爲为衆众眞真吿告啓启
⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⼀一⾏行
";

static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let characters: Vec<char> = PAIRS.chars().filter(|character| !character.is_whitespace()).collect();
    for pair in characters.chunks_exact(2) {
        let place = u32::from(pair[0]).checked_sub(FIRST).and_then(|index| table.get_mut(index as usize));
        if let Some(place) = place {
            *place = pair[1];
        }
    }
    table
});

/// First and last character that the table speaks about: CJK radicals to the unified ideographs.
const FIRST: u32 = 0x2e80;
const LAST: u32 = 0x9fff;

/// The simplified form of a character, or the character itself.
pub(super) fn simplified(character: char) -> char {
    u32::from(character)
        .checked_sub(FIRST)
        .and_then(|index| TABLE.get(index as usize))
        .copied()
        .unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_ends_in_a_character_that_stays() {
        let characters: Vec<char> = PAIRS.chars().filter(|character| !character.is_whitespace()).collect();
        assert_eq!(characters.len() % 2, 0);
        for pair in characters.chunks_exact(2) {
            assert_eq!(simplified(pair[1]), pair[1], "{} → {} is not final", pair[0], pair[1]);
            assert_eq!(simplified(pair[0]), pair[1], "{} has two forms", pair[0]);
        }
    }
}
