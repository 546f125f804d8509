package io.millrace.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report, opened in a real browser without a window: what its script draws is what the data says. */
@Tag("slow")
class HtmlReportTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long BROWSER_SECONDS = 120;
    private static final String RESULTS = """
        {"when":"2024-08-08T12:00:00Z","peerCommand":"tools/millrace bench","machine":{"cpu":"a <b> & c","cores":2,"jdk":"17"},
         "goals":[{"goal":8,"text":"wire to wire p50 / echo","unit":"ratio","gate":1.6,"target":1.3,"moonshot":1.1,"isLowerBetter":true,
           "measured":1.25,"numerator":{"name":"engine p50","value":15,"unit":"us"},
           "denominator":{"name":"echo p50","value":12,"unit":"us"},"verdict":"target met"},
          {"goal":5,"text":"bytes","unit":"B","gate":0,"target":0,"moonshot":0,"isLowerBetter":true,"measured":3,
           "numerator":{"name":"engine","value":3,"unit":"B"},"verdict":"GATE MISSED"}],
         "wire":[{"label":"echo","forks":2,"answers":100,"missing":0,"framesPerSecond":1000,"minNs":10000,"maxNs":90000,
           "ns":{"p50":12000,"p90":20000,"p99":30000,"p99.9":60000},
           "curve":[[0,10000],[50,12000],[90,20000],[99,30000],[99.9,60000],[100,90000]]},
          {"label":"engine","forks":2,"answers":100,"missing":1,"framesPerSecond":1000,"minNs":11000,"maxNs":95000,
           "ns":{"p50":15000,"p90":24000,"p99":36000,"p99.9":70000},"bytesPerEvent":3,
           "curve":[[0,11000],[50,15000],[90,24000],[100,95000]]}],
         "stages":[{"stage":"book","way":"engine","count":50,"p50":300,"p90":400,"p99":900,"p99.9":1500,"max":2000}],
         "figures":[{"name":"plainByteScan","unit":"ns/message","median":140,"min":135,"max":150,"bytes":0,"rounds":2},
          {"name":"jacksonTreeMap","unit":"ns/message","median":1600,"min":1500,"max":1700,"bytes":2271,"rounds":2}]}
        """;

    @TempDir
    private Path directory;

    @Test
    void shouldNeedNothingButItself() throws IOException {
        String page = Files.readString(write());
        assertFalse(page.contains("/*DATA*/"));
        // The name of SVG's namespace is no address that anything is fetched from.
        String rest = page.replace("http://www.w3.org/2000/svg", "");
        assertFalse(Pattern.compile("(?i)https?:|src=|href=|@import|url\\(")
                .matcher(rest)
                .find());
        assertTrue(page.contains("a \\u003cb>"), "text of the data cannot end the script");
    }

    @Test
    void shouldDrawItsChartsInARealBrowser() throws IOException, InterruptedException {
        String dom = dump(write());
        assertEquals("3", find(dom, "data-charts=\"(\\d+)\""), dom);
        assertEquals(3, count(dom, "<svg[^>]*data-drawn=\"true\""));
        // One point of a curve less: the hundredth percentile has no place on the axis.
        assertEquals(5, count(path(dom, "echo"), "[ML]\\d"));
        assertEquals(3, count(path(dom, "engine"), "[ML]\\d"));
        assertEquals(3, count(dom, "<rect "));
        assertEquals("target met", find(dom, "<td class=\"target\">([^<]*)</td>"));
        assertEquals("GATE MISSED", find(dom, "<td class=\"missed\">([^<]*)</td>"));
        assertTrue(dom.contains("a &lt;b&gt; &amp; c"), "text of the data stays text");
        assertTrue(dom.contains("<td>12</td>"), "12,000 ns are 12 us");
    }

    private Path write() throws IOException {
        JsonNode results = new ObjectMapper().readTree(RESULTS);
        Path file = directory.resolve("report.html");
        HtmlReport.write(results, file);
        return file;
    }

    private static String path(String dom, String way) {
        return find(dom, "<path d=\"([^\"]*)\"[^>]*data-way=\"" + way + "\"");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : fail(pattern + " is not in " + text);
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    /** Returns the page as the browser has it after its script has run. */
    private String dump(Path page) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom.html");
        Process browser = new ProcessBuilder(
                        browser().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(directory.resolve("browser.log").toFile())
                .start();
        if (!browser.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS)) {
            browser.destroyForcibly().waitFor();
            fail("the browser did not end: "
                    + Files.readString(directory.resolve("browser.log"), StandardCharsets.ISO_8859_1));
        }
        assertEquals(0, browser.exitValue());
        return Files.readString(dom);
    }

    private static Path browser() {
        String named = System.getenv("MILLRACE_CHROMIUM");
        if (named != null) {
            return Path.of(named);
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(HtmlReportTest::absent);
    }

    private static Path absent() {
        String message = "none of " + BROWSERS + " is on the PATH: install one, or name it in MILLRACE_CHROMIUM";
        if (System.getenv("CI") != null) {
            fail(message);
        }
        System.out.println("skipped: " + message);
        return Assumptions.abort(message);
    }
}
