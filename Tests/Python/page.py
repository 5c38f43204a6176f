"""Opens pages of runs in a headless browser, and uses them as readers do: pages that fail, pass, and have many steps.

usage: page.py CHROMIUM CHROMEDRIVER FAILING PASSING MANY
"""

import json
import pathlib
import sys
import time

from axe_core_python.selenium import Axe
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED", what)


def browser(chromium, driver, width, dark=False):
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    result = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    result.set_script_timeout(300)
    emulate(result, width, dark)
    return result


def emulate(page, width, dark):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})


def requests(page):
    """The addresses that the page requested since the last call."""
    found = []
    for entry in page.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


def check_quiet(page, address, name):
    errors = [entry["message"] for entry in page.get_log("browser")]
    expect(not errors, f"{name}: console: {errors[:3]}")
    others = [url for url in requests(page) if not url.startswith(address) and not url.startswith("data:")]
    expect(not others, f"{name}: requests: {others[:3]}")


def scenarios(page):
    return page.find_elements(By.CSS_SELECTOR, "#scenarios ol > li > .card")


def status(page):
    return page.find_element(By.CSS_SELECTOR, "#scenarios [role=status]").text


def open_all(page):
    page.execute_script(
        "for (const row of [...document.querySelectorAll('button.row')].slice(0, 12)) "
        "if (row.getAttribute('aria-expanded') === 'false') row.click();"
        "for (const step of [...document.querySelectorAll('.step > button.row')].slice(0, 6)) "
        "if (step.getAttribute('aria-expanded') === 'false') step.click();")


def check_axe(page, name):
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    expect(not found, f"{name}: " + "; ".join(f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found))


def check_filter(page):
    everything = status(page)
    total = len(scenarios(page))
    page.find_element(By.CSS_SELECTOR, ".toggle.failed").click()
    shown = scenarios(page)
    expect(0 < len(shown) < total, f"the filter shows {len(shown)} of {total} scenarios")
    expect(all("failed" in card.get_attribute("class") for card in shown), "the filter shows a scenario that did not fail")
    expect("#scenarios?outcome=failed" in page.current_url, "the filter is not in the address")
    page.find_element(By.CSS_SELECTOR, ".toggle.failed").click()
    search = page.find_element(By.ID, "search")
    search.send_keys("nothing-has-this-name")
    time.sleep(0.3)
    expect(not scenarios(page) and status(page).startswith("0 scenarios"), f"search without a result: {status(page)}")
    search.send_keys(Keys.ESCAPE)
    time.sleep(0.3)
    expect(status(page) == everything, "Escape does not clear the search")


def check_links(page, address):
    link = page.find_element(By.CSS_SELECTOR, "#failures a[href^='#step/']").get_attribute("href")
    page.get("about:blank")
    page.get(link)
    focused = page.switch_to.active_element
    expect(focused.get_attribute("aria-expanded") == "true", "a link to a step does not open it")
    name = page.execute_script("return decodeURIComponent(location.hash.split('/')[2])")
    expect(name in focused.text, f"the link to {name} leads to {focused.text!r}")
    page.get("about:blank")
    page.get(address + "#failure-1")
    expect(page.switch_to.active_element.get_attribute("aria-expanded") == "true", "a link to a failure does not open it")
    page.get("about:blank")
    page.get(address + "#scenarios?outcome=failed")
    pressed = page.find_element(By.CSS_SELECTOR, ".toggle.failed").get_attribute("aria-pressed")
    expect(pressed == "true", "a link with a filter does not apply it")
    page.get("about:blank")
    page.get(address + "#step/%3Cnothing%3E/%zz")
    expect(scenarios(page), "an unknown link breaks the page")


def check_keys(page):
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    expect(page.switch_to.active_element.get_attribute("id") == "search", "`/` does not lead to the search")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    body.send_keys("j")
    first = page.switch_to.active_element
    page.switch_to.active_element.send_keys("j")
    expect(first != page.switch_to.active_element and "row" in first.get_attribute("class"), "`j` does not move")
    page.switch_to.active_element.send_keys("k")
    expect(first == page.switch_to.active_element, "`k` does not move back")
    page.switch_to.active_element.send_keys("?")
    expect(page.find_element(By.TAG_NAME, "dialog").is_displayed(), "`?` shows no keys")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.find_element(By.TAG_NAME, "body").send_keys("t")
    theme = page.find_element(By.TAG_NAME, "html").get_attribute("data-theme")
    expect(theme == "light", f"`t` does not change the theme: {theme}")


def check_marks(page):
    expect(page.find_elements(By.CSS_SELECTOR, "#failures .block mark"), "no place of a body is marked")
    expect(page.find_elements(By.CSS_SELECTOR, "#failures [aria-label=Contract] .marked"), "no line of a contract is marked")
    expect(page.find_elements(By.CSS_SELECTOR, "#failures .sides .expected"), "no expected value is shown")


def check_trend(page):
    links = page.find_elements(By.CSS_SELECTOR, "#history .links a")
    expect(links, "the trend has no newly failing step")
    links[0].click()
    expect(page.switch_to.active_element.get_attribute("aria-expanded") == "true", "the trend leads to no step")


def check_failing(chromium, driver, file):
    page = browser(chromium, driver, 1280)
    address = pathlib.Path(file).resolve().as_uri()
    page.get(address)
    expect("cause" in page.find_element(By.TAG_NAME, "h1").text, "the headline has no causes")
    check_marks(page)
    check_trend(page)
    page.get("about:blank")
    page.get(address)
    check_filter(page)
    check_links(page, address)
    page.get("about:blank")
    page.get(address)
    check_keys(page)
    # A part of the scenarios has every kind of element, and is checked in seconds.
    part = address + "#scenarios?outcome=failed"
    page.get("about:blank")
    page.get(part)
    open_all(page)
    check_axe(page, "failing, light")
    emulate(page, 1280, True)
    page.execute_script("localStorage.clear()")
    page.get("about:blank")
    page.get(part)
    open_all(page)
    check_axe(page, "failing, dark")
    emulate(page, 390, True)
    open_all(page)
    width = page.execute_script("return document.documentElement.scrollWidth")
    expect(width <= 390, f"the page is {width} pixels wide on a phone")
    check_axe(page, "failing, phone")
    pages = page.print_page()
    expect(len(pages) > 10_000, "the page cannot be printed")
    check_quiet(page, address, "failing")
    page.quit()


def check_passing(chromium, driver, file):
    page = browser(chromium, driver, 1280)
    address = pathlib.Path(file).resolve().as_uri()
    page.get(address)
    expect("passed" in page.find_element(By.TAG_NAME, "h1").text, "the headline of a passing run")
    expect(not page.find_elements(By.ID, "failures"), "a passing run has a list of failures")
    for section in ["coverage", "durations", "life-cycles", "scenarios"]:
        expect(page.find_elements(By.ID, section), f"no section {section}")
    expect(page.find_elements(By.CSS_SELECTOR, "#life-cycles svg .state"), "no state in the life cycle")
    page.get("about:blank")
    page.get(address + "#scenarios?q=link-defaults")
    open_all(page)
    check_axe(page, "passing")
    check_quiet(page, address, "passing")
    page.quit()


def check_many(chromium, driver, file):
    page = browser(chromium, driver, 1280)
    address = pathlib.Path(file).resolve().as_uri()
    start = time.monotonic()
    page.get(address)
    loaded = time.monotonic() - start
    expect(loaded < 10, f"10,000 steps take {loaded:.1f} s to load")
    expect(not page.find_elements(By.TAG_NAME, "img"), "a name became an element")
    expect(page.execute_script("return typeof hacked") == "undefined", "a name was executed")
    first = scenarios(page)[0].text
    expect("</script><img src=x onerror=hacked=1>\\u{202e}" in first, f"a name is shown as {first!r}")
    milliseconds = page.execute_script(
        "const start = performance.now(); const search = document.getElementById('search'); search.value = 'step-7 scenario-99';"
        "search.dispatchEvent(new Event('input'));"
        "return new Promise((done) => setTimeout(() => done(performance.now() - start - 200), 200));")
    expect(milliseconds < 1_000, f"a search in 10,000 steps takes {milliseconds:.0f} ms")
    expect(status(page).startswith("11 scenarios"), f"search: {status(page)}")
    elements = page.execute_script("return document.querySelectorAll('*').length")
    expect(elements < 20_000, f"the page has {elements} elements at once")
    check_quiet(page, address, "many")
    page.quit()


if __name__ == "__main__":
    chromium, driver, failing, passing, many = sys.argv[1:]
    check_failing(chromium, driver, failing)
    check_passing(chromium, driver, passing)
    check_many(chromium, driver, many)
    print("failures:", len(failures))
    sys.exit(1 if failures else 0)
