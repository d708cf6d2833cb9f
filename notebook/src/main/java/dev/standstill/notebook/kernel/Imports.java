package dev.standstill.notebook.kernel;

import java.util.List;
import java.util.stream.Stream;

/** What every cell can name. */
final class Imports {

  private static final List<String> PACKAGES =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.concurrent.atomic.*",
          "java.util.concurrent.locks.*",
          "java.util.function.*",
          "java.util.stream.*",
          "dev.standstill.*",
          "dev.standstill.junit.*",
          "dev.standstill.notebook.*",
          "dev.standstill.test.*",
          "org.junit.jupiter.api.*",
          "org.junit.jupiter.api.condition.*",
          "org.junit.jupiter.api.io.*",
          "org.junit.jupiter.params.*",
          "org.junit.jupiter.params.provider.*",
          "static org.junit.jupiter.api.Assertions.*",
          "static org.junit.jupiter.api.Assumptions.*");

  /**
   * Of two packages with a class of that name, the one that is meant: {@code @Timeout} is JUnit's,
   * and ours has its package before it.
   */
  private static final List<String> CLASSES = List.of("org.junit.jupiter.api.Timeout");

  /** What other kernels have for cells that show more than their value. */
  private static final List<String> DISPLAY =
      Stream.of("display", "render", "updateDisplay")
          .map(name -> "static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics." + name)
          .toList();

  /** In the order in which they are imported. */
  static final List<String> NAMES =
      Stream.of(PACKAGES, CLASSES, DISPLAY).flatMap(List::stream).toList();

  private Imports() {}
}
