"""Scrapy with hand-written selectors: python scrapy_spider.py WAY SITE PAGES IN_FLIGHT, WAY `selectors` or `one-pass`.

`selectors` writes one CSS selector a field, as spiders do; `one-pass` walks the dt/dd pairs once and picks by label, the
fastest way that we know. All that a crawl of one site can do without is switched off.
"""
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

FIELDS = {
    "item_name": "事项名称", "daily_name": "日常用语", "item_type": "事项类型", "base_code": "基本编码", "impl_code": "实施编码",
    "dept": "实施主体", "dept_type": "实施主体性质", "power_source": "权力来源", "use_level": "行使层级", "project_type": "办件类型",
    "legal_limit": "法定办结时限", "promise_limit": "承诺办结时限", "law_basis": "设定依据", "condition": "受理条件",
    "prohibit": "禁止性要求", "quota": "数量限制", "flow": "办理流程", "special": "特别程序", "agency": "中介服务", "place": "办理地点",
    "time": "办理时间", "consult": "咨询方式", "complain": "监督投诉方式", "fee_flag": "是否收费", "service_object": "服务对象",
    "visits": "到办事现场次数", "handle_form": "办理形式", "online_flag": "是否网办", "online_depth": "网办深度",
    "booking": "是否支持预约办理", "express": "是否支持物流快递", "pay_online": "是否支持网上支付", "terminal": "是否支持自助终端办理",
    "hall": "是否进驻政务大厅", "cross_area": "通办范围", "result_type": "审批结果类型", "result_name": "审批结果名称", "faq": "常见问题",
    "commit": "是否告知承诺制", "remedy": "行政复议与诉讼",
}
DIFFERENT = 200
way, site, pages, in_flight = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def by_selectors(response):
    return {field: response.css(f"dd#{field}::text").get() for field in FIELDS}


def in_one_pass(response):
    said = {row.xpath("dt/text()").get(): row.xpath("dd/text()").get() for row in response.xpath("//dl/div")}
    return {field: said.get(label) for field, label in FIELDS.items()}


class Guides(scrapy.Spider):
    name = "guides"
    fields = rows = 0

    async def start(self):
        print("BEGIN", flush=True)
        for page in range(pages):
            yield scrapy.Request(f"{site}/{page % DIFFERENT}", dont_filter=True)

    def parse(self, response):
        record = by_selectors(response) if way == "selectors" else in_one_pass(response)
        materials = [row.xpath("td/text()").getall() for row in response.xpath("//table[@class='materials']/tbody/tr")]
        Guides.fields += sum(1 for said in record.values() if said)
        Guides.rows += len(materials)

    def closed(self, reason):
        print(f"END {pages} {Guides.fields} {Guides.rows}", flush=True)


process = CrawlerProcess(settings={
    "CONCURRENT_REQUESTS": in_flight, "CONCURRENT_REQUESTS_PER_DOMAIN": in_flight, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False,
    "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "RETRY_ENABLED": False,
    "REDIRECT_ENABLED": False, "HTTPCACHE_ENABLED": False, "MEMUSAGE_ENABLED": False, "AUTOTHROTTLE_ENABLED": False,
})
process.crawl(Guides)
process.start()
