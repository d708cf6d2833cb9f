/** Two classes that need each other to be initialised, each used first by another thread. */
public class ClassInit {
  static class Tree {
    static final Tree NONE;

    static {
      pause();
      NONE = new Leaf();
    }
  }

  static class Leaf extends Tree {
    static final int SIZE;

    static {
      pause();
      SIZE = 1;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Thread gardener = new Thread(() -> IO.println(Tree.NONE != null));
    Thread wind = new Thread(() -> IO.println(Leaf.SIZE == 1));
    gardener.start();
    wind.start();
    gardener.join();
    wind.join();
  }
}
