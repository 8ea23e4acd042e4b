"""Selenium for Python, with explicit waits that look every 20 ms."""
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.ui import Select, WebDriverWait

SITE, FLOWS = sys.argv[1], int(sys.argv[2])
STEPS, WARM = 12, 2

options = webdriver.ChromeOptions()
# What Debian has in /usr/bin is a shell script; ending that would leave its browser running.
options.binary_location = "/usr/lib/chromium/chromium-headless-shell"
for switch in ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
               "--no-default-browser-check", "--disable-sync", "--disable-quic", "--disable-breakpad", "--disable-crash-reporter",
               "--lang=zh-CN", "--window-size=1280,900"):
    options.add_argument(switch)
driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
patient = WebDriverWait(driver, 10, poll_frequency=0.02)


def there(id):
    return patient.until(seen.element_to_be_clickable((By.ID, id)))


def flow():
    driver.get(f"{SITE}/login")
    there("user").send_keys("zhangsan")
    there("password").send_keys("correct horse")
    Select(there("role")).select_by_visible_text("企业法人")
    there("enter").click()
    there("words").send_keys("户外牌匾设置登记")
    there("find").click()
    there("item7").click()
    there("limit")
    there("apply").click()
    there("applicant").send_keys("张三")
    there("next").click()
    there("done")


for _ in range(WARM):
    flow()
print("BEGIN", flush=True)
for _ in range(FLOWS):
    flow()
print(f"END {FLOWS * STEPS}", flush=True)
driver.quit()
