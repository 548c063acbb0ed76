package io.smtpra.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The distribution's Chromium, without a window, as a person at the mailbox uses it; one for all tests. To be
 * registered with {@code @RegisterExtension} in a static field. After each test it forgets who has logged in, and
 * leaves the page.
 */
final class Browser implements BeforeAllCallback, AfterEachCallback {

    /** Names that lead to this machine for the browser; it resolves no other. */
    static final String CANARY_HOST = "canary.example.test";

    private static final String CHROMIUM = "chromium";
    private static final String DRIVER = "chromedriver";
    private static final Path TARGET = Path.of("target");
    private static final Path SCREENSHOTS = TARGET.resolve("screenshots");
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Browser.class);

    /** The browser of this run, and the folder that it saves to. */
    private record Running(ChromeDriver driver, Path downloads) implements AutoCloseable {

        @Override
        public void close() {
            driver.quit();
        }
    }

    private Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        Tool.require(CHROMIUM);
        Tool.require(DRIVER);
        running = context.getRoot().getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> start(), Running.class);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            screenshot("failed-" + context.getRequiredTestMethod().getName());
        }
        leaveOneWindow();
        driver().get("about:blank");
        driver().manage().deleteAllCookies();
        cdp("Network.clearBrowserCookies", Map.of());
        cdp("Emulation.clearDeviceMetricsOverride", Map.of());
        cdp("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        complaints();
        try (Stream<Path> saved = Files.list(running.downloads())) {
            for (Path file : saved.toList()) {
                Files.delete(file);
            }
        }
    }

    private void leaveOneWindow() {
        List<String> windows = List.copyOf(driver().getWindowHandles());
        for (String window : windows.subList(1, windows.size())) {
            driver().switchTo().window(window).close();
        }
        driver().switchTo().window(windows.get(0));
    }

    private static Running start() {
        try {
            Files.createDirectories(SCREENSHOTS);
            Path downloads = Files.createTempDirectory(TARGET.toAbsolutePath(), "downloads");
            LoggingPreferences logging = new LoggingPreferences();
            logging.enable(LogType.BROWSER, Level.ALL);
            ChromeOptions options = new ChromeOptions().setBinary(executable(CHROMIUM).toString());
            options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--lang=en-US", "--window-size=1280,860", "--renderer-process-limit=2",
                    "--host-resolver-rules=MAP " + CANARY_HOST + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                    "--user-data-dir=" + Files.createTempDirectory(TARGET.toAbsolutePath(), "chromium"));
            options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString(),
                    "download.prompt_for_download", false));
            options.setCapability("goog:loggingPrefs", logging);
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(executable(DRIVER).toFile()).usingAnyFreePort().build();
            return new Running(new ChromeDriver(service, options), downloads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable).findFirst().orElseThrow();
    }

    ChromeDriver driver() {
        return running.driver();
    }

    /** Opens a path of the server under test. */
    void open(String path) {
        driver().get("http://" + Ports.LOOPBACK + ":" + Ports.HTTP + path);
    }

    /** The first element that a selector finds, once it is shown. */
    WebElement find(String css) {
        return Await.value("an element " + css, () -> shown(css).findFirst());
    }

    /** The texts of all the elements that a selector finds and that are shown now. */
    List<String> texts(String css) {
        try {
            return shown(css).map(WebElement::getText).toList();
        } catch (StaleElementReferenceException e) {
            // the page has drawn it anew meanwhile
            return List.of();
        }
    }

    private Stream<WebElement> shown(String css) {
        return driver().findElements(By.cssSelector(css)).stream().filter(Browser::isShown);
    }

    private static boolean isShown(WebElement element) {
        try {
            return element.isDisplayed();
        } catch (StaleElementReferenceException e) {
            return false;
        }
    }

    /** Waits until an element says a thing. */
    void awaitText(String css, String text) {
        Await.until(css + " to say " + text, () -> texts(css).stream().anyMatch(said -> said.contains(text)));
    }

    /** Waits until nothing that a selector finds is shown. */
    void awaitNone(String css) {
        Await.until("no " + css, () -> shown(css).findAny().isEmpty());
    }

    void click(String css) {
        find(css).click();
    }

    /** Replaces what a field has. */
    void write(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver()).sendKeys(keys).perform();
    }

    void pressWithControl(CharSequence key) {
        new Actions(driver()).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
    }

    Object script(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument with what comes of it. */
    Object scriptThatCallsBack(String script, Object... arguments) {
        return driver().executeAsyncScript(script, arguments);
    }

    Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return driver().executeCdpCommand(command, parameters);
    }

    /** What the user would like: {@code dark} or {@code light}. */
    void prefer(String scheme) {
        cdp("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void resize(int width, int height) {
        cdp("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the browser complains of since it was asked last: errors of scripts, and what a policy has held back. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage).toList();
    }

    /** Waits for a file that has been saved whole. */
    Path awaitSaved() {
        return Await.value("a saved file", () -> {
            try (Stream<Path> files = Files.list(running.downloads())) {
                List<Path> all = files.toList();
                boolean whole = all.stream().noneMatch(file -> file.toString().matches(".*(crdownload|/\\.[^/]*)"));
                return whole ? all.stream().findFirst() : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Keeps what can be seen in {@code target/screenshots}. */
    void screenshot(String name) {
        try {
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
