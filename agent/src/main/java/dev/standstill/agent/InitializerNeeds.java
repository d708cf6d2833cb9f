package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which other classes have to be initialised before the initialiser of a class can end,
 * as far as its class file tells: its superclass, and what the initialiser and the methods of the
 * class that it calls make, call or read; and of each of these, the superclasses. Confined to one
 * thread; used once.
 *
 * <p>Left out are the JDK's classes, which need none of a program; and anonymous, local and private
 * ones within the class, which no thread reaches but through the class itself.
 */
final class InitializerNeeds {

  /** What one constant of a class file can hold, in bytes of which a character takes up to 3. */
  private static final int MAX_LENGTH = 20_000;

  private static final List<String> OF_THE_JDK = List.of("java/", "javax/", "jdk/", "sun/");

  private final ClassModel type;
  private final String name;
  private final Function<String, @Nullable InputStream> resources;
  private final Map<String, MethodModel> methods = new HashMap<>();
  private final Set<String> reached = new HashSet<>();
  private final Deque<MethodModel> toRead = new ArrayDeque<>();
  private final Set<String> needed = new LinkedHashSet<>();

  private InitializerNeeds(ClassModel type, Function<String, @Nullable InputStream> resources) {
    this.type = type;
    this.name = type.thisClass().asInternalName();
    this.resources = resources;
    for (MethodModel method : type.methods()) {
      methods.put(method.methodName().stringValue() + method.methodType().stringValue(), method);
    }
  }

  /**
   * Returns who needs whom, a pair on each line, with a space between the two names as programs
   * know them; empty if it needs nobody. The class itself is the first that needs one.
   *
   * @param resources finds the class file of a class, given its internal name
   */
  static String of(ClassModel type, Function<String, @Nullable InputStream> resources) {
    return new InitializerNeeds(type, resources).pairs();
  }

  private String pairs() {
    String superclass = superclassOf(type);
    if (superclass != null) {
      needed.add(superclass);
    }
    reach(ClassInitializers.INITIALIZER + "()V");
    while (!toRead.isEmpty()) {
      toRead
          .remove()
          .code()
          .ifPresent(code -> {
            for (CodeElement element : code) {
              read(element);
            }
          });
    }
    StringBuilder pairs = new StringBuilder();
    for (String other : needed) {
      add(pairs, name, other);
      addSuperclasses(pairs, other);
    }
    return pairs.length() > MAX_LENGTH ? "" : pairs.toString().replace('/', '.').strip();
  }

  private void read(CodeElement element) {
    switch (element) {
      case FieldInstruction field
          when field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC ->
          need(field.owner().asInternalName());
      case NewObjectInstruction made -> need(made.className().asInternalName());
      case InvokeInstruction call -> {
        String owner = call.owner().asInternalName();
        if (owner.equals(name)) {
          reach(call.name().stringValue() + call.type().stringValue());
        } else if (call.opcode() == Opcode.INVOKESTATIC) {
          need(owner);
        }
      }
      default -> {}
    }
  }

  private void reach(String method) {
    MethodModel own = methods.get(method);
    if (own != null && reached.add(method)) {
      toRead.add(own);
    }
  }

  private void need(String other) {
    if (!other.equals(name) && !isOfTheJdk(other) && !isPartOfThis(other)) {
      needed.add(other);
    }
  }

  private static boolean isOfTheJdk(String other) {
    return OF_THE_JDK.stream().anyMatch(other::startsWith);
  }

  private boolean isPartOfThis(String other) {
    return type.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(inner -> inner.classes().stream())
        .filter(inner -> inner.innerClass().asInternalName().equals(other))
        .anyMatch(this::isReachedThroughThis);
  }

  private boolean isReachedThroughThis(InnerClassInfo inner) {
    boolean unnamed = inner.innerName().isEmpty() || inner.outerClass().isEmpty();
    return unnamed
        || inner.has(AccessFlag.PRIVATE) && inner.outerClass().get().asInternalName().equals(name);
  }

  private void addSuperclasses(StringBuilder pairs, String start) {
    String current = start;
    while (!current.equals(name)) {
      ClassModel model = find(current);
      String superclass = model == null ? null : superclassOf(model);
      if (superclass == null) {
        return;
      }
      add(pairs, current, superclass);
      current = superclass;
    }
  }

  private static @Nullable String superclassOf(ClassModel type) {
    String superclass = type.superclass().map(ClassEntry::asInternalName).orElse(null);
    return superclass == null || isOfTheJdk(superclass) ? null : superclass;
  }

  private @Nullable ClassModel find(String other) {
    try (InputStream in = resources.apply(other)) {
      return in == null ? null : ClassFile.of().parse(in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static void add(StringBuilder pairs, String one, String other) {
    pairs.append(one).append(' ').append(other).append('\n');
  }
}
