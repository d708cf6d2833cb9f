package dev.standstill.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a module shows to everybody, as text: the public and protected parts of the packages that it
 * exports without naming to whom.
 */
final class PublicApi {

  /** Packages that only a {@code ServiceLoader} is to look into. */
  private static final Set<String> FOR_SERVICE_LOADERS = Set.of("dev.standstill.notebook.jjava");

  private PublicApi() {}

  /**
   * Returns a paragraph for each type, in order of their names, with a line for each member.
   *
   * @param classes the directory of the module's compiled classes; the same classes must be on the
   *     class path
   */
  static String of(Path classes) {
    return exportedPackages(classes)
        .flatMap(name -> typesOf(classes, name))
        .filter(PublicApi::isVisible)
        .map(PublicApi::describe)
        .collect(Collectors.joining("\n"));
  }

  /** A module without a descriptor exports all it has, but for what its services need. */
  private static Stream<String> exportedPackages(Path classes) {
    Path descriptor = classes.resolve("module-info.class");
    if (Files.notExists(descriptor)) {
      return packages(classes);
    }
    try (var bytes = Files.newInputStream(descriptor)) {
      return ModuleDescriptor.read(bytes).exports().stream()
          .filter(Predicate.not(ModuleDescriptor.Exports::isQualified))
          .map(ModuleDescriptor.Exports::source)
          .sorted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> packages(Path classes) {
    return Repository.filesBelow(classes).stream()
        .filter(file -> file.toString().endsWith(".class"))
        .map(file -> classes.relativize(file.getParent()).toString().replace('/', '.'))
        .filter(Predicate.not(FOR_SERVICE_LOADERS::contains))
        .distinct();
  }

  private static Stream<Class<?>> typesOf(Path classes, String packageName) {
    Path directory = classes.resolve(packageName.replace('.', '/'));
    return Repository.filesBelow(directory).stream()
        .filter(file -> directory.equals(file.getParent()))
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
        .map(
            name -> load(packageName + "." + name.substring(0, name.length() - ".class".length())));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is not on the class path of the checks.", e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Returns the type's declaration and, indented, one line for each member that others can use. */
  static String describe(Class<?> type) {
    Stream<String> fields = visible(type.getDeclaredFields()).map(PublicApi::line);
    Stream<String> constructors = visible(type.getDeclaredConstructors()).map(PublicApi::line);
    Stream<String> methods = visible(type.getDeclaredMethods()).map(PublicApi::line);
    return Stream.of(fields.sorted(), constructors.sorted(), methods.sorted())
        .flatMap(lines -> lines)
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining("", header(type) + "\n", ""));
  }

  private static <M extends Member> Stream<M> visible(M[] members) {
    return Arrays.stream(members)
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
  }

  private static String header(Class<?> type) {
    var supertypes = new ArrayList<AnnotatedType>();
    supertypes.add(type.getAnnotatedSuperclass());
    supertypes.addAll(List.of(type.getAnnotatedInterfaces()));
    String listed =
        supertypes.stream()
            .filter(Objects::nonNull)
            .map(PublicApi::name)
            .filter(Predicate.not("java.lang.Object"::equals))
            .collect(Collectors.joining(", "));
    return type.toGenericString() + (listed.isEmpty() ? "" : " : " + listed);
  }

  private static String line(Field field) {
    return modifiers(field) + name(field.getAnnotatedType()) + " " + field.getName();
  }

  private static String line(Constructor<?> constructor) {
    return modifiers(constructor)
        + typeParameters(constructor)
        + constructor.getDeclaringClass().getSimpleName()
        + parameters(constructor);
  }

  private static String line(Method method) {
    return modifiers(method)
        + (method.isDefault() ? "default " : "")
        + typeParameters(method)
        + name(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + parameters(method);
  }

  /** Without what only the body is about. */
  private static String modifiers(Member member) {
    int shown =
        member instanceof Field
            ? Modifier.fieldModifiers()
            : Modifier.methodModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE);
    String modifiers = Modifier.toString(member.getModifiers() & shown);
    return modifiers.isEmpty() ? "" : modifiers + " ";
  }

  private static String typeParameters(Executable executable) {
    return executable.getTypeParameters().length == 0
        ? ""
        : Arrays.stream(executable.getTypeParameters())
            .map(PublicApi::typeParameter)
            .collect(Collectors.joining(", ", "<", "> "));
  }

  private static String typeParameter(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getAnnotatedBounds())
            .map(PublicApi::name)
            .filter(Predicate.not("java.lang.Object"::equals))
            .collect(Collectors.joining(" & "));
    return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
  }

  private static String parameters(Executable executable) {
    String exceptions = joined(executable.getAnnotatedExceptionTypes());
    return "("
        + joined(executable.getAnnotatedParameterTypes())
        + ")"
        + (exceptions.isEmpty() ? "" : " throws " + exceptions);
  }

  private static String joined(AnnotatedType[] types) {
    return Arrays.stream(types).map(PublicApi::name).collect(Collectors.joining(", "));
  }

  private static String name(AnnotatedType type) {
    return type.toString().replace("@org.jspecify.annotations.Nullable()", "@Nullable");
  }
}
