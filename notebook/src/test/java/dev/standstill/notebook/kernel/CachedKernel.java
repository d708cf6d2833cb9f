package dev.standstill.notebook.kernel;

/** Starts a kernel as Main does, and prints what came of a test in virtual time. */
final class CachedKernel {

  private CachedKernel() {}

  public static void main(String[] arguments) {
    JavaKernel kernel = new JavaKernel();
    kernel.onStartup();
    kernel.evalRaw(
        """
        class A {
          @LoopTest void waits() throws Exception {
            Executors.newSingleThreadScheduledExecutor().schedule(() -> 1, 1, TimeUnit.HOURS).get();
            new CountDownLatch(1).await(2, TimeUnit.HOURS);
          }
        }
        """);
    Object run = kernel.evalRaw("Notebook.run()");
    System.out.println(run);
    System.exit(0);
  }
}
