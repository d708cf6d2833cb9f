package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What tools for coverage add to a program is told from what the program does. */
class CoverageProbesTest {

  private static final ClassDesc TYPE = ClassDesc.of("Covered");
  private static final int OWN = 0;
  private static final int HITS = 1;

  @Test
  void storesOfJaCoCoAreTheirs() {
    List<Boolean> theirs =
        accesses(code -> {
          code.invokestatic(TYPE, "$jacocoInit", MethodTypeDesc.of(CD_boolean.arrayType()));
          code.astore(HITS);
          code.aload(HITS).iconst_3().iconst_1().bastore();
          ownStore(code);
          code.aload(HITS).iconst_4().iconst_1().bastore();
        });

    assertThat(theirs).containsExactly(true, false, true);
  }

  @Test
  void countsOfIntelliJAreTheirs() {
    List<Boolean> theirs =
        accesses(code -> {
          code.getstatic(TYPE, "__$hits$__", CD_int.arrayType());
          code.astore(HITS);
          code.aload(HITS).iconst_3().dup2().iaload().iconst_1().iadd().iastore();
          ownStore(code);
        });

    assertThat(theirs).containsExactly(true, true, false);
  }

  @Test
  void theirArrayMayBeADynamicConstant() {
    List<Boolean> theirs =
        accesses(code -> {
          code.loadConstant(
              DynamicConstantDesc.ofNamed(
                  ConstantDescs.ofConstantBootstrap(TYPE, "hits", CD_Object),
                  "__$hits$__",
                  CD_Object));
          code.checkcast(CD_boolean.arrayType());
          code.astore(HITS);
          code.aload(HITS).iconst_3().iconst_1().bastore();
          ownStore(code);
        });

    assertThat(theirs).containsExactly(true, false);
  }

  private static void ownStore(CodeBuilder code) {
    code.aload(OWN).iconst_0().iconst_1().iastore();
  }

  /** Whether they are of a probe, of each access to an array in this order. */
  private static List<Boolean> accesses(Consumer<CodeBuilder> body) {
    byte[] built =
        ClassFile.of()
            .build(
                TYPE,
                type ->
                    type.withMethodBody(
                        "run",
                        MethodTypeDesc.of(CD_void, CD_int.arrayType()),
                        ClassFile.ACC_STATIC,
                        code -> {
                          body.accept(code);
                          code.return_();
                        }));
    CoverageProbes probes = new CoverageProbes();
    return ClassFile.of()
        .parse(built)
        .methods()
        .getFirst()
        .code()
        .orElseThrow()
        .elementStream()
        .mapMulti((CodeElement element, Consumer<Boolean> found) -> {
          boolean isTheirs = probes.isAccess(element);
          if (element instanceof ArrayLoadInstruction || element instanceof ArrayStoreInstruction) {
            found.accept(isTheirs);
          }
        })
        .toList();
  }
}
