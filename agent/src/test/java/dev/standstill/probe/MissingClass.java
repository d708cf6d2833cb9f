package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.io.IOException;
import java.io.InputStream;

/** Runs a class that reads a clock and refers to another class that cannot be found. */
public final class MissingClass {

  private MissingClass() {}

  public static void main(String[] arguments) throws Exception {
    Loop.open();
    Class<?> partial = new WithoutOptional().loadClass(Partial.class.getName());
    System.out.println("nanoTime=" + Loop.call(() -> partial.getMethod("read").invoke(null)));
  }

  /** Merges two types that cannot be found where a branch joins, and reads a clock behind it. */
  public static final class Partial {

    private Partial() {}

    public static long read() {
      if (Thread.currentThread().getName().isEmpty()) {
        Object chosen = System.nanoTime() < 0 ? new Optional() : new OtherOptional();
        System.out.println(chosen);
      }
      return System.nanoTime();
    }
  }

  private static final class Optional {}

  private static final class OtherOptional {}

  private static final class WithoutOptional extends ClassLoader {

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.endsWith("Optional")) {
        throw new ClassNotFoundException(name);
      }
      return name.equals(Partial.class.getName()) ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String resource = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = Partial.class.getResourceAsStream(resource)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
