package dev.standstill.children;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, with one page of ours. */
public final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Where the machine has it; empty if it has none. */
  public static Optional<Path> chromium() {
    return find("chromium", "chromium-browser", "google-chrome");
  }

  /**
   * Whether there is one, and what drives it; {@code -Dbrowser=required} says that they must be.
   */
  public static boolean isThere() {
    return "required".equals(System.getProperty("browser"))
        || chromium().isPresent() && find("chromedriver").isPresent();
  }

  private static Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page.
   *
   * @param width of the window, in pixels
   * @param dark whether the user wants dark pages
   */
  public static Browser open(Path page, int width, int height, boolean dark) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium().orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    try {
      browser.show(page, width, height, dark);
      return browser;
    } catch (RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  /** Shows another page. */
  public void show(Path page, int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    driver.get(page.toUri().toString());
    waitFor("document.documentElement.dataset.ready === 'true'");
  }

  /** Shows the same page anew, at a place that its address names after a {@code #}. */
  public void goTo(String place) {
    String address = String.valueOf(driver.getCurrentUrl()).replaceFirst("#.*", "");
    driver.get(address + "#" + place);
    driver.navigate().refresh();
    waitFor("document.documentElement.dataset.ready === 'true'");
  }

  /** Returns when an expression is true. */
  public void waitFor(String expression) {
    new WebDriverWait(driver, LIMIT)
        .until(any -> Boolean.TRUE.equals(driver.executeScript("return " + expression)));
  }

  /** What an expression is, which must not be null. */
  public Object ask(String expression) {
    return Objects.requireNonNull(driver.executeScript("return " + expression), expression);
  }

  /** The element of an id. */
  public WebElement element(String id) {
    return driver.findElement(By.id(id));
  }

  /** The text that an element shows. */
  public String text(String id) {
    return element(id).getText();
  }

  /** Presses keys, wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Clicks so many pixels right of and below the upper left corner of an element. */
  public void click(String id, int x, int y) {
    WebElement element = element(id);
    int left = element.getSize().getWidth() / 2;
    int top = element.getSize().getHeight() / 2;
    new Actions(driver).moveToElement(element, x - left, y - top).click().perform();
  }

  /** Clicks an element. */
  public void click(String id) {
    element(id).click();
  }

  /** What the page has complained of. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What the window shows, as PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
