package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a class that breaks a rule, to see that the rule reports it. */
final class PlantedClass {

  private final JavaClasses classes;

  private PlantedClass(JavaClasses classes) {
    this.classes = classes;
  }

  /** Fails if the rule does not report the class. */
  void breaks(ArchRule rule) {
    assertThat(rule.evaluate(classes).getFailureReport().getDetails())
        .as("what is reported by: " + rule.getDescription())
        .isNotEmpty();
  }

  /** Returns a class of {@code packageName} that uses another one of {@code seenPackage}. */
  static PlantedClass seeing(String packageName, String seenPackage, Path directory) {
    return compile(
        List.of(
            sourceFile(seenPackage, "Seen", ""),
            sourceFile(packageName, "Planted", seenPackage + ".Seen seen;")),
        directory.resolve(packageName));
  }

  /** Returns a class of {@code packageName} with these members. */
  static PlantedClass with(String packageName, String members, Path directory) {
    return compile(
        List.of(sourceFile(packageName, "Planted", members)), directory.resolve(packageName));
  }

  private static PlantedClass compile(List<JavaFileObject> sources, Path target) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", target.toString());
    if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
      throw new IllegalArgumentException("The planted class does not compile: " + messages);
    }
    return new PlantedClass(new ClassFileImporter().importPath(target));
  }

  private static JavaFileObject sourceFile(String packageName, String name, String members) {
    String source = "package %s; public class %s { %s }".formatted(packageName, name, members);
    URI uri = URI.create("string:///%s/%s.java".formatted(packageName.replace('.', '/'), name));
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
