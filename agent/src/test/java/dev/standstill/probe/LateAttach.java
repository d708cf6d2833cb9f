package dev.standstill.probe;

import dev.standstill.agent.Loop;
import dev.standstill.agent.SelfAttach;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Loads the agent when its own class is loaded already, twice. */
public final class LateAttach {

  private LateAttach() {}

  public static void main(String[] arguments) throws Exception {
    methodReference().getAsLong();
    try {
      SelfAttach.attach();
    } catch (IllegalStateException e) {
      System.out.println("refused=" + e.getMessage());
      return;
    }
    Class<?> hooks = Loop.hooks();
    SelfAttach.attach();
    System.out.println("problem=" + ((Supplier<?>) hooks.getField("problem").get(null)).get());
    System.out.println("defined once=" + (hooks == Loop.hooks()));
    Loop.open();
    System.out.println("call=" + Loop.call(() -> System.nanoTime()));
    System.out.println("method reference=" + Loop.call(methodReference()::getAsLong));
  }

  private static LongSupplier methodReference() {
    return System::nanoTime;
  }
}
