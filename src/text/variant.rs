//! Traditional and variant characters, folded into the simplified form that mainland portals use.

use std::sync::LazyLock;

/// Pairs of a variant and its simplified form, written one after the other. Only characters whose simplified form is
/// never in doubt stand here.
const PAIRS: &str = "
證证辦办機机關关單单圖图書书號号碼码電电話话時时間间點点區区縣县鄉乡鎮镇國国務务廳厅廠厂門门開开閉闭
請请須须項项類类級级層层樓楼處处體体業业產产營营運运費费錢钱財财貨货資资質质賬账賦赋購购賣卖買买稅税
額额圓圆萬万億亿兩两貳贰參参陸陆個个種种們们這这該该應应當当對对於于後后從从為为與与無无還还過过進进
遠远達达遞递選选適适遷迁連连邊边郵邮鄰邻醫医藥药療疗養养護护險险殘残齡龄歲岁長长婦妇兒儿嬰婴孫孙親亲
屬属戶户遺遗權权簽签發发換换補补領领審审報报備备註注銷销變变轉转讓让認认許许執执職职稱称員员學学習习
試试驗验課课師师導导訓训練练勞劳動动創创獎奖勵励懲惩罰罚檢检測测監监訴诉訟讼復复議议決决調调條条規规
則则範范標标準准節节約约環环評评價价聲声響响農农漁渔獸兽糧粮穀谷場场園园車车輛辆駕驾駛驶輪轮軍军艦舰
鐵铁橋桥櫃柜儲储倉仓庫库設设裝装製制築筑牆墙繪绘樣样張张頁页紙纸網网線线絡络統统總总結结綜综組组織织
給给經经絕绝繼继續续緩缓編编緊紧縮缩繳缴紅红綠绿藍蓝銀银鋼钢鑑鉴鑒鉴錄录錯错鍵键鏈链鎖锁針针釘钉鐘钟
鈔钞銅铜鋁铝問问聞闻閱阅闊阔隊队陽阳陰阴隨随際际隱隐雖虽雙双雜杂離离難难雲云靈灵靜静頂顶頒颁頭头頻频
題题顏颜願愿顧顾顯显風风飛飞飯饭飲饮館馆馬马駐驻驅驱驟骤髮发魚鱼鳥鸟鹽盐麗丽麥麦黃黄黨党齊齐齒齿龍龙
龜龟軟软較较載载輔辅輕轻輸输轄辖邏逻鄧邓鄭郑醜丑釋释閃闪陳陈隸隶僅仅儀仪優优償偿傳传債债傷伤傾倾僑侨
儘尽內内冊册凍冻凈净減减幾几劃划劇剧勝胜勢势勳勋匯汇協协卻却廁厕壓压厲厉叢丛啟启喪丧嚴严團团圍围堅坚
塊块塵尘墊垫壞坏壟垄壯壮壽寿夢梦夾夹奪夺奮奋妝妆媽妈寧宁實实寫写寬宽寶宝將将專专尋寻屆届屍尸岡冈島岛
嶺岭帳账帶带幣币幫帮幹干廣广廢废廟庙彈弹彌弥彙汇徑径徵征徹彻恆恒悅悦惱恼惡恶愛爱態态慣惯慮虑慶庆憂忧
憑凭憲宪懷怀懸悬戰战戲戏拋抛掃扫掛挂採采揚扬損损搖摇搶抢摺折撥拨撫抚擇择擊击擋挡據据擬拟擴扩擺摆擾扰
攜携攝摄敗败敵敌數数斂敛斷断晉晋晝昼暫暂曆历會会東东棄弃棟栋極极榮荣構构槍枪樂乐樞枢樹树橫横檔档欄栏
歡欢歐欧歷历歸归殺杀殼壳毀毁氣气沒没況况淚泪淺浅渦涡湯汤溝沟溫温滅灭滾滚滿满漢汉漲涨潔洁潛潜潤润澤泽
濟济濫滥濕湿濱滨瀏浏灣湾災灾烏乌煙烟煩烦熱热燈灯燒烧爐炉爭争爺爷爾尔牽牵犧牺狀状狹狭獄狱獨独獲获獻献
現现瑪玛璽玺畝亩畢毕異异畫画盜盗盡尽盤盘眾众睜睁瞭了矚瞩礎础礦矿確确禦御禮礼禪禅穩稳積积窮穷競竞筆笔
簡简籃篮籌筹籤签糾纠紀纪紋纹納纳純纯紛纷細细終终絲丝綁绑維维緒绪緣缘縫缝績绩繞绕繫系纏缠罷罢羅罗義义
聖圣聯联聰聪聽听肅肃脅胁脈脉腎肾腦脑腫肿腳脚臨临舉举舊旧艙舱艱艰藝艺莊庄華华葉叶蒐搜蓋盖蓮莲蔭荫薦荐
蘇苏蘭兰虛虚蟲虫衛卫衝冲裡里裏里複复襲袭見见視视覺觉覽览觀观觸触訂订計计訊讯討讨記记診诊詐诈詞词詢询
詳详誌志誠诚誤误說说誰谁談谈諒谅論论諮咨諾诺謀谋謂谓謝谢識识譜谱譯译讀读豐丰貝贝貞贞負负貢贡貧贫販贩
貪贪貫贯責责貯贮貴贵貸贷貿贸賀贺賃赁賓宾賜赐賞赏賠赔賢贤賴赖賽赛贈赠贊赞贏赢贖赎趕赶趙赵跡迹踐践躍跃
軌轨輩辈輯辑辭辞辯辩迴回逕径週周違违遙遥遲迟邁迈郷乡醞酝釀酿鈕钮鉤钩銘铭銳锐鋪铺錶表鍋锅鍛锻鎔熔鏡镜
鑰钥鑽钻閑闲閘闸閣阁陣阵陝陕階阶隴陇雞鸡霧雾韓韩頃顷順顺預预頸颈飄飘飾饰餘余駁驳騎骑騙骗驕骄驚惊鬆松
鬥斗鬧闹鮮鲜鳳凤鴻鸿鹼碱麵面黴霉齋斋冇没囯国圡土囬回亝斋昰是爲为衆众眞真吿告啓启⺠民⻄西⻅见⻆角⻉贝
⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⼀一⾏行臺台檯台僱雇佈布佔占託托係系
噸吨癥症擔担樁桩騰腾曬晒塗涂壇坛擁拥殯殡墳坟滬沪瀋沈濰潍灘滩渾浑濁浊纖纤繡绣覓觅訪访譽誉趨趋輻辐遼辽
銜衔閥阀隻只頓顿飽饱鬱郁滯滞濃浓瓊琼礙碍禍祸穫获竊窃籠笼纜缆膚肤膠胶臘腊蝦虾蠶蚕贓赃釐厘錫锡闢辟飢饥
魯鲁鶴鹤鷹鹰龐庞諧谐謹谨譴谴賂赂賊贼踴踊釣钓囑嘱嬸婶屜屉嶽岳慘惨慚惭戀恋擠挤攏拢攤摊攪搅斃毙昇升暈晕
曠旷櫻樱欽钦滄沧滲渗漸渐潑泼燭烛犢犊獵猎瑣琐瓏珑癒愈癢痒皺皱窩窝窪洼簾帘糞粪綢绸綱纲緻致縱纵羨羡聾聋
脣唇膽胆膩腻茲兹萊莱蒼苍蔣蒋蕭萧薩萨蝕蚀蠟蜡袞衮褲裤襪袜詛诅詠咏誇夸誘诱誣诬諱讳諷讽謠谣譏讥豎竖賤贱
蹤踪躊踌轟轰辮辫鄒邹釁衅鈴铃鉛铅銹锈鋒锋鋸锯錘锤錦锦鍍镀鎳镍鏟铲閨闺閻阎闖闯隕陨頹颓顆颗顛颠餅饼餓饿
饋馈馴驯駱骆騾骡髒脏鬚须鯨鲸鴉鸦鴨鸭鵝鹅帐账戸户
";

/// The same for rarer characters: every traditional character outside GB 2312 whose one simplified form stands in it, after the
/// tables of `OpenCC` (`TSCharacters`, Apache-2.0), which follow the 通用规范汉字表.
const RARER: &str = include_str!("variants.txt");

static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let characters = all_pairs();
    for pair in characters.chunks_exact(2) {
        let place = u32::from(pair[0]).checked_sub(FIRST).and_then(|index| table.get_mut(index as usize));
        if let Some(place) = place {
            *place = pair[1];
        }
    }
    table
});

fn all_pairs() -> Vec<char> {
    PAIRS.chars().chain(RARER.chars()).filter(|character| !character.is_whitespace()).collect()
}

/// First and last character that the table speaks about: CJK radicals to the unified ideographs.
const FIRST: u32 = 0x2e80;
const LAST: u32 = 0x9fff;

/// The simplified form of a character, or the character itself.
#[must_use]
pub fn simplified(character: char) -> char {
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
        let characters = all_pairs();
        assert_eq!(characters.len() % 2, 0);
        for pair in characters.chunks_exact(2) {
            assert_eq!(simplified(pair[1]), pair[1], "{} → {} is not final", pair[0], pair[1]);
            assert_eq!(simplified(pair[0]), pair[1], "{} has two forms", pair[0]);
        }
    }
}
