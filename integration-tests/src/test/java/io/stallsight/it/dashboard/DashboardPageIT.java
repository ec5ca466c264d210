package io.stallsight.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Browser;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the packaged agent in Chromium, with pictures that the test makes. */
class DashboardPageIT {

    private static final String ARROW_DOWN = "\uE015";
    private static final String ARROW_LEFT = "\uE012";
    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";

    private static final String FINDING = "document.querySelector('#findings button.opener')";
    private static final String OPEN = ".getAttribute('aria-expanded') === 'true'";
    private static final String VERDICT = "document.getElementById('verdict-text').textContent";

    private static Browser browser;

    private PageServer server;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = new PageServer();
        browser.look(1440, 900, "dark");
    }

    @AfterEach
    void consoleIsSilent() {
        server.close();
        // the browser logs an error when a test closes the connection
        assertThat(browser.console())
                .allMatch(line -> line.contains("net::ERR_") && line.contains("/api/") || line.contains("favicon"));
        browser.go("about:blank");
    }

    @Test
    void asset_endsNoEnclosingElement() {
        assertThat(PageFiles.assets())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(PageFiles.read(name))
                        .doesNotContainIgnoringCase("</script")
                        .doesNotContainIgnoringCase("</style")
                        .doesNotContainIgnoringCase("<!--"));
    }

    @ParameterizedTest
    @CsvSource({
        "360,740,0,dark",
        "360,740,1,light",
        "360,740,64,dark",
        "768,1024,0,light",
        "768,1024,1,dark",
        "768,1024,64,light",
        "1440,900,0,dark",
        "1440,900,1,light",
        "1440,900,64,dark"
    })
    void page_atEachSize_fitsItsWidth(int width, int height, int loops, String theme) {
        browser.look(width, height, theme);

        showLive(new PictureFixture().loops(loops).pools(500));

        assertThat(browser.value("document.documentElement.dataset.theme")).isEqualTo(theme);
        assertThat(browser.value("document.querySelectorAll('.strip-row').length"))
                .isEqualTo(loops);
        assertThat(browser.value("document.querySelector('#loops .empty').checkVisibility()"))
                .isEqualTo(loops == 0);
        openEverything();
        browser.screenshot(TestOutput.directory("dashboard").resolve(width + "-" + loops + "-" + theme + ".png"));
        assertThat((Integer) browser.value("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void text_onEachGround_hasContrastOfFourAndAHalf(String theme) {
        browser.look(1440, 900, theme);
        showLive(new PictureFixture());

        String pairs =
                "[['text','page'],['text','surface'],['text','raised'],['muted','page'],['muted','surface'],['muted','raised'],"
                        + "['link','surface'],['link','page'],['ok','ok-tint'],['warn','warn-tint'],['bad','bad-tint'],['text','bad-tint'],['text','warn-tint'],"
                        + "['text','ok-tint'],['text','fix-tint'],['muted','warn-tint'],['ok','surface'],['warn','surface'],['bad','surface'],['ok','raised'],"
                        + "['warn','raised'],['bad','raised'],"
                        + "...[...'bclmngswu'].map(letter => ['on-cause', `cause-${letter}`])]";
        Object weak = browser.value("""
                (() => {
                  const light = name => [1, 3, 5].map(at => parseInt(palette.color(name).slice(at, at + 2), 16) / 255)
                      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
                  return %s.filter(([a, b]) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05) < 4.5).join(' ');
                })()""".formatted(pairs));

        assertThat(weak).isEqualTo("");
    }

    @Test
    void snapshot_fromAFile_showsThePictureAndSendsNoRequest() throws IOException {
        Path file = TestOutput.unique("snapshot").resolve("snapshot.html");
        Files.writeString(
                file,
                PageFiles.asOneFile(new PictureFixture().named("</script><b>$1").json()));

        browser.go(file.toUri().toString());

        browser.await(VERDICT + ".includes('</script><b>$1')");
        assertThat(browser.value("document.getElementById('connection').textContent"))
                .asString()
                .startsWith("Snapshot of 2025-11-24 17:00:00 Europe/Berlin");
        assertThat(browser.value("performance.getEntriesByType('resource').length"))
                .isEqualTo(0);
    }

    @Test
    void namesFromTheApplication_areText() {
        String hostile = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>\"'&amp;";

        showLive(new PictureFixture().named(hostile));
        openEverything();

        assertThat(
                        browser.value(
                                "window.hacked === undefined && document.querySelectorAll('img, main script, main b script').length"))
                .isEqualTo(0);
        for (String part :
                List.of("verdict", "loops", "stalls", "findings", "pools", "downstreams", "notices", "health")) {
            assertThat(browser.value("document.getElementById('" + part + "').textContent"))
                    .asString()
                    .contains(hostile);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "loop/reactor-http-epoll-3, '#loops .panel h3', reactor-http-epoll-3",
        "stall/17, '#stalls .open .evidence', 78 of 80 samples",
        "finding/f2, '#findings .open .facts', f2",
        "pool/shared-%23, '#pools .open .evidence', 8 of 8 workers",
        "pool/shared-%23, '#pools .open .requests', 'Requests: 6 GET /legacy, 2 GET /hello; waiting are 3 GET /orders/{id}'",
        "finding/gone, '#missing', finding gone"
    })
    void link_onLoad_opensItsTarget(String link, String where, String expected) {
        server.beginsWith(new PictureFixture().json());

        browser.go(server.url() + "#" + link);

        browser.await("document.querySelector(\"" + where + "\").textContent.includes('" + expected + "')");
        assertThat(browser.value("document.querySelector(\"" + where + "\").checkVisibility()"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true"})
    void stall_linksToItsFinding_onlyIfThereIsOne(int findings, boolean leads) {
        showLive(new PictureFixture().findings(findings));
        browser.run("document.querySelector('#stalls button.opener').click();");

        assertThat(browser.value("document.querySelector('#stalls .owner').textContent"))
                .isEqualTo("worker-7 held the lock in Worker.hold:9.");
        assertThat(browser.value("document.querySelector('#stalls a[href=\"#finding/f0\"]') !== null"))
                .isEqualTo(leads);
    }

    @ParameterizedTest
    @CsvSource({"360,dark", "768,light", "1440,dark"})
    void strip_ofALoopThatIsStuckForLong_endsInsideOfItsRow(int width, String theme) {
        browser.look(width, 900, theme);
        showLive(new PictureFixture().stuckFor(754_000));

        assertThat(browser.value("document.querySelector('.strip-value').textContent"))
                .isEqualTo("stuck 12 min");
        assertThat(browser.value("[...document.querySelectorAll('.strip-value')]"
                        + ".every(value => value.scrollWidth <= value.clientWidth)"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"1,1440", "11,1440", "60,1440", "11,360"})
    void strip_ofFewColumns_isNoHigherThanItsRow(int columns, int width) {
        browser.look(width, 900, "dark");
        showLive(new PictureFixture().columns(columns));

        assertThat(
                        browser.value(
                                "[...document.querySelectorAll('.strip-row')].filter(row => {"
                                        + " const [outer, inner] = [row, row.querySelector('.cells')].map(part => part.getBoundingClientRect());"
                                        + " return inner.top < outer.top || inner.bottom > outer.bottom || inner.height < 10; }).length"))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 800, 1280})
    void names_breakBetweenTheirWordsOnly_andNothingLeavesItsCard(int width) {
        browser.look(width, 900, "light");
        showLive(new PictureFixture()
                .paused()
                .verdict("reactor-http-epoll is late. 92 % of it is HttpClient.send at HttpClientMode.wrong:35"));
        openEverything();

        assertThat(browser.value("""
                (() => {
                  const broken = [];
                  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
                  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (!node.parentElement.checkVisibility() || node.parentElement.closest('.visually-hidden')) continue;
                    for (const word of node.data.matchAll(/[A-Za-z]+/g)) {
                      const range = document.createRange();
                      range.setStart(node, word.index);
                      range.setEnd(node, word.index + word[0].length);
                      if (new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size > 1) broken.push(word[0]);
                    }
                  }
                  return broken.join();
                })()""")).isEqualTo("");
        assertThat(browser.value("""
                [...document.querySelectorAll('main > section')].flatMap(section => [...section.querySelectorAll('td, th, p, span, button, li')]
                    .filter(part => part.checkVisibility() && !part.closest('.visually-hidden, .flame, .stack, .uplot')
                        && part.getBoundingClientRect().right > section.getBoundingClientRect().right + 1)
                    .map(part => part.textContent)).join()""")).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 800, 1280})
    void namesOfLoops_showWhereTheyDiffer(int width) {
        browser.look(width, 900, "light");
        showLive(new PictureFixture().named("-of-the-service-with-a-name-that-is-longer-than-its-row"));
        showLive(new PictureFixture().loops(12));

        assertThat(browser.value("""
                (() => {
                  const tails = [...document.querySelectorAll('.strip-tail')];
                  const cut = tails.filter(tail => tail.scrollWidth > tail.clientWidth || tail.getBoundingClientRect().right > tail.parentElement.getBoundingClientRect().right + 1);
                  return `${new Set(tails.map(tail => tail.textContent)).size} different, ${cut.length} cut`;
                })()""")).isEqualTo("12 different, 0 cut");
    }

    @Test
    void pauseOfTheProcess_isOneRow_andPaintsNoLoop() {
        showLive(new PictureFixture().paused());

        assertThat(browser.value("document.querySelector('.pause-row canvas').getAttribute('aria-label')"))
                .asString()
                .startsWith("1 pause of the whole process, the longest 2")
                .endsWith("waiting for a CPU");
        assertThat(browser.value("""
                (() => {
                  const [red, green, blue] = [1, 3, 5].map(at => parseInt(palette.color('line').slice(at, at + 2), 16));
                  return [...document.querySelectorAll('.cells')].slice(1).filter(cells => {
                    const pixel = cells.getContext('2d').getImageData(270, 0, 1, 1).data;
                    return pixel[0] !== red || pixel[1] !== green || pixel[2] !== blue;
                  }).length;
                })()""")).isEqualTo(0);
        assertThat(
                        browser.value(
                                "[...document.querySelectorAll('#stalls .list > tbody')].map(row => row.innerText.replace(/\\s+/g, ' ')).join('; ')"))
                .asString()
                .matches(
                        "L waiting for a lock OrderRepository.find:57 waiting for a lock: synchronized 1 842 ms 842 ms 1 41 34.5 s [\\d:]+ ?; "
                                + "W waiting for a CPU 8 loops, no code is to blame waiting for a CPU 1 247 ms 247 ms 8 41 4 min 36 s [\\d:]+ ?");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void singleLateSecond_isSeen(int width) {
        browser.look(width, 900, "dark");
        showLive(new PictureFixture().loops(2).paused());
        browser.run("app.accept({...app.newest, stalls: []});");

        assertThat((Integer) browser.value("""
                (() => {
                  const marks = document.querySelectorAll('.strip-row .marks')[1];
                  const pixels = marks.getContext('2d').getImageData(0, 0, marks.width, 1).data.filter((_, index) => index % 4 === 3 && _ > 0).length;
                  return Math.round(pixels * marks.clientWidth / marks.width);
                })()""")).isBetween(3, 6);
    }

    @Test
    void stalls_areSortedAndFiltered() {
        showLive(new PictureFixture().paused());
        String first = "document.querySelector('#stalls .list > tbody .name').textContent";
        String rows = "document.querySelectorAll('#stalls .list > tbody').length";
        assertThat(browser.value(first)).asString().contains("OrderRepository");

        browser.run(
                "[...document.querySelectorAll('#stalls .sort')].find(({textContent}) => textContent === 'Loops').click();");
        assertThat(browser.value(first)).asString().contains("8 loops");
        assertThat(browser.value("document.querySelector('#stalls [aria-sort]').getAttribute('aria-sort')"))
                .isEqualTo("descending");

        browser.run(
                "const input = document.querySelector('#stalls input'); input.value = 'lock find'; input.dispatchEvent(new Event('input'));");
        assertThat(browser.value(rows)).isEqualTo(1);
        assertThat(browser.value(first)).asString().contains("OrderRepository");
    }

    @Test
    void linesOfTheVerdict_leadToTheirPlaces() {
        showLive(new PictureFixture());
        String lines = "document.querySelectorAll('.verdict-more a')";

        assertThat(browser.value("[..." + lines + "].map(line => line.getAttribute('href')).join()"))
                .isEqualTo("#pool/shared-%23,#notices");
        browser.run(lines + "[0].click();");
        browser.await("document.querySelector('#pools .open .evidence').checkVisibility()");
    }

    @Test
    void times_areInTheZoneOfTheService() {
        browser.devTools("Emulation.setTimezoneOverride", Map.of("timezoneId", "America/New_York"));
        showLive(new PictureFixture());

        // 2025-11-24 17:00:00 there
        assertThat(browser.value("document.querySelector('.axis').textContent"))
                .asString()
                .startsWith("16:55:00");
        assertThat(browser.value("document.getElementById('process').textContent"))
                .asString()
                .endsWith("times in Europe/Berlin");
        assertThat(browser.value("(format.useZone('GMT+02:00'), format.date(0))"))
                .isEqualTo("1970-01-01 02:00:00");
        browser.devTools("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
    }

    @Test
    void namesOfCausesAndKinds_areWords() {
        showLive(new PictureFixture().paused());
        openEverything();

        assertThat(browser.value("document.body.innerText"))
                .asString()
                .doesNotContainPattern(
                        "\\b(NOT_SCHEDULED|NOT SCHEDULED|BLOCKING_CALL|GC_PAUSE|MANY_SMALL_TASKS|LOCK|CPU \\d)\\b");
    }

    @Test
    void frame_ofALambda_isThatOfItsClass() {
        showLive(new PictureFixture());

        assertThat(browser.value("['com.shop.Quotes$$Lambda/0x000000009e128000.run(Unknown Source)',"
                        + " 'java.base/java.lang.Thread.run(Thread.java:840)'].map(frame => format.frame(frame))"
                        + ".map(({packageName, method}) => packageName + method).join()"))
                .isEqualTo("com.shop.Quotes$$Lambda.run,java.lang.Thread.run");
    }

    @Test
    void notices_ofOneSite_areOneStory() {
        showLive(new PictureFixture().notices(29));
        String items = "document.querySelectorAll('#notices li.story').length";
        String more = "document.querySelector('#notices button.more')";

        assertThat(browser.value(items)).isEqualTo(1);
        assertThat(browser.value("document.querySelector('#notices li.story').textContent")
                        .toString())
                .contains("the last of 29", "393 connections");
        assertThat(browser.value(more + ".textContent")).isEqualTo("Show all 29 notices");
        browser.run(more + ".click();");
        assertThat(browser.value(items)).isEqualTo(29);
        browser.run(more + ".click();");
        assertThat(browser.value(items)).isEqualTo(1);
    }

    @Test
    void age_ofAProcess_countsFromTheFirstSecond() {
        showLive(new PictureFixture());

        assertThat(browser.value("[0, 12345, 60000, 3725000].map(format.age).join()"))
                .isEqualTo("1 s,12 s,1 min,1 h 2 min");
    }

    @Test
    void update_keepsFocusSelectionOpenDetailAndOrder() {
        showLive(new PictureFixture());
        browser.run(FINDING + ".focus(); " + FINDING + ".click();");
        browser.run("window.kept = document.activeElement;"
                + "getSelection().selectAllChildren(document.querySelector('#findings .stack .own'));"
                + "window.selected = String(getSelection()); window.scrollTo(0, 900); window.at = scrollY;");

        server.send(new PictureFixture().delta(1).verdict("another verdict").json());
        browser.await(VERDICT + " === 'another verdict'");

        assertThat(browser.value("document.querySelector('#findings .open .facts').textContent"))
                .asString()
                .contains("121");
        assertThat(browser.value(
                        "window.kept === document.activeElement && window.kept.isConnected && window.kept" + OPEN))
                .isEqualTo(true);
        assertThat(browser.value(
                        "window.selected.includes('OrderRepository') && String(getSelection()) === window.selected"))
                .isEqualTo(true);
        assertThat(browser.value("scrollY === window.at")).isEqualTo(true);
        assertThat(browser.value(FINDING + " === window.kept"))
                .as("the order holds still")
                .isEqualTo(true);
    }

    @Test
    void update_ofAnUnusedList_putsTheMostHarmFirst() {
        showLive(new PictureFixture());

        server.send(new PictureFixture().delta(1).json());

        browser.await(FINDING + ".textContent.includes('find2')");
    }

    @Test
    void delta_movesTheWindowByItsColumns() {
        showLive(new PictureFixture().loops(1));

        server.send(new PictureFixture().loops(1).delta(3).verdict("later").json());
        browser.await(VERDICT + " === 'later'");
        browser.run("document.querySelector('.strip-row').click();");

        // two columns without an event, then the one of the delta
        assertThat(browser.value("document.querySelector('#loops .cells').width"))
                .isEqualTo(300);
        assertThat(browser.value(
                        "[...document.querySelector('#loops .cells').getContext('2d').getImageData(296, 0, 4, 1).data]"
                                + ".filter((_, index) => index % 4 === 3).join()"))
                .isEqualTo("255,0,0,255");
    }

    @Test
    void pause_holdsTheView_andResumeShowsTheNewestPicture() {
        showLive(new PictureFixture().verdict("before"));
        browser.run(
                "[...document.querySelectorAll('.controls button')].find(button => button.textContent === 'Pause').click();");

        server.send(new PictureFixture().delta(1).verdict("meanwhile").json());
        server.send(new PictureFixture().delta(2).verdict("and later").json());
        browser.await("document.getElementById('connection').textContent.includes('Paused')");
        browser.run("window.checked = new Promise(done => setTimeout(done, 300));");

        assertThat(browser.value("window.checked.then(() => " + VERDICT + ")")).isEqualTo("before");
        browser.run(
                "[...document.querySelectorAll('.controls button')].find(button => button.textContent === 'Resume').click();");
        browser.await(VERDICT + " === 'and later'");
    }

    @Test
    void lostConnection_showsTheAgeOfThePicture_andReconnects() throws Exception {
        showLive(new PictureFixture().verdict("before"));
        int port = server.port();

        server.close();
        browser.await(
                "/No connection to the process: the picture is \\d+ s old/.test(document.getElementById('connection').textContent)");

        server = new PageServer(port);
        server.beginsWith(new PictureFixture().verdict("it is back").json());
        browser.await(VERDICT + " === 'it is back' && document.getElementById('connection').hidden");
    }

    @Test
    void range_isRequestedFromTheServer() throws Exception {
        showLive(new PictureFixture());
        assertThat(server.nextEvents()).isEqualTo("range=300");

        browser.run(
                "const select = document.querySelector('.controls select'); select.value = '3600'; select.dispatchEvent(new Event('change'));");

        assertThat(server.nextEvents()).isEqualTo("range=3600");
        browser.run("localStorage.clear();");
    }

    @Test
    void keyboard_movesThroughLoops_andOpensAndClosesOne() {
        showLive(new PictureFixture());
        browser.run("document.querySelector('.strip-row').focus();");

        browser.press(ARROW_DOWN);
        browser.press(ARROW_LEFT);
        browser.await("document.querySelector('.tip').textContent.includes('reactor-http-epoll-2')");
        browser.press(ENTER);
        browser.await("document.querySelector('#loops .panel h3').textContent === 'reactor-http-epoll-2'");
        browser.run("document.querySelector('#loops .close').focus();");
        browser.press(ESCAPE);

        browser.await("document.querySelector('#loops .panel').hidden");
        assertThat(browser.value("document.activeElement.textContent"))
                .asString()
                .contains("reactor-http-epoll-2");
    }

    @Test
    void theme_isToggledAndRemembered() {
        showLive(new PictureFixture());

        browser.run("document.querySelector('[aria-label=\"Dark or light\"]').click();");
        assertThat(browser.value("document.documentElement.dataset.theme")).isEqualTo("light");
        showLive(new PictureFixture());

        assertThat(browser.value("document.documentElement.dataset.theme")).isEqualTo("light");
        browser.run("localStorage.clear();");
    }

    @Test
    void verdict_isAnnouncedWhenItChanges_notWhenItsNumbersDo() {
        showLive(new PictureFixture().verdict("late: 840 ms"));
        String announced = "document.getElementById('announcer').textContent";
        assertThat(browser.value(announced)).asString().contains("late: 840 ms");

        server.send(new PictureFixture().delta(1).verdict("late: 855 ms").json());
        browser.await(VERDICT + " === 'late: 855 ms'");

        assertThat(browser.value(announced)).asString().contains("late: 840 ms");
    }

    @Test
    void structure_hasLandmarksHeadingsAndNamedControls() {
        showLive(new PictureFixture());
        openEverything();

        assertThat(
                        browser.value(
                                "['header', 'main', 'footer', 'h1'].map(tag => document.querySelectorAll(`body > ${tag}, ${tag}`).length).join()"))
                .isEqualTo("1,1,1,1");
        assertThat(
                        browser.value(
                                "[...document.querySelectorAll('main > section:not([hidden])')].filter(part => !document.getElementById(part.getAttribute('aria-labelledby'))).length"))
                .isEqualTo(0);
        assertThat(
                        browser.value(
                                "[...document.querySelectorAll('button, a, select, input')].filter(element => !(element.textContent.trim() || element.getAttribute('aria-label'))).length"))
                .isEqualTo(0);
        assertThat(
                        browser.value(
                                "[...document.querySelectorAll('main table')].filter(table => !table.querySelector('th[scope=col]')).length"))
                .isEqualTo(0);
        assertThat(
                        browser.value(
                                "(() => { const ids = [...document.querySelectorAll('[id]')].map(({id}) => id); return ids.length - new Set(ids).size; })()"))
                .isEqualTo(0);
    }

    private void showLive(PictureFixture picture) {
        server.beginsWith(picture.json());
        browser.go(server.url());
        browser.await("document.querySelector('.verdict').dataset.level !== undefined");
    }

    /** A loop, a stall, a finding and a pool. */
    private static void openEverything() {
        browser.run(
                "document.querySelector('.strip-row')?.click();"
                        + "for (const opener of document.querySelectorAll('button.opener[aria-expanded=false]')) opener.click();");
    }
}
