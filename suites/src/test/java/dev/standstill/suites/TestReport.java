package dev.standstill.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The XML files that JUnit's console launcher writes, one for each engine. */
final class TestReport {

  private static final Pattern UNIQUE_ID = Pattern.compile("unique-id: (\\S+.*)");

  private TestReport() {}

  /** Returns what came of each test, by its unique id; nothing if there is no file. */
  static Map<String, Outcome> outcomesIn(Path directory) throws IOException {
    Map<String, Outcome> outcomes = new TreeMap<>();
    try (var files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
      for (Path file : files) {
        for (Element test : elements(parse(file).getDocumentElement(), "testcase")) {
          outcomes.put(idOf(test), outcomeOf(test));
        }
      }
    }
    return outcomes;
  }

  private static Document parse(Path file) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("Cannot read the report " + file, e);
    }
  }

  private static String idOf(Element test) {
    for (Element output : elements(test, "system-out")) {
      Matcher matcher = UNIQUE_ID.matcher(output.getTextContent());
      if (matcher.find()) {
        return matcher.group(1).strip();
      }
    }
    return "[class:%s]/[method:%s]"
        .formatted(test.getAttribute("classname"), test.getAttribute("name"));
  }

  private static Outcome outcomeOf(Element test) {
    for (String failure : List.of("failure", "error")) {
      for (Element found : elements(test, failure)) {
        return new Outcome(Outcome.Kind.FAILED, found.getTextContent().strip());
      }
    }
    return elements(test, "skipped").isEmpty()
        ? new Outcome(Outcome.Kind.PASSED, "")
        : new Outcome(Outcome.Kind.SKIPPED, "");
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
