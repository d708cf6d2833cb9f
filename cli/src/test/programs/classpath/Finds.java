import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;

/** Looks for its own classes, services and resources in each way that a JVM has. */
class Finds {

  /** A service, provided by this class's neighbour. */
  public interface Greeting {
    String text();
  }

  public static class Hello implements Greeting {
    public Hello() {}

    @Override
    public String text() {
      return "hello";
    }
  }

  public static void main(String[] args) throws Exception {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    System.out.println(services());
    System.out.println(CompletableFuture.supplyAsync(Finds::services).get());
    System.out.println(Class.forName("Finds") == system.loadClass("Finds"));
    System.out.println(Thread.currentThread().getContextClassLoader() == system);
    URL resource = ClassLoader.getSystemResource("greeting.txt");
    System.out.println(resource.equals(Finds.class.getResource("/greeting.txt")));
    System.out.println(Arrays.stream(Package.getPackages()).noneMatch(p -> p.getName().contains("picocli")));
    System.out.println(there("dev.standstill.EventLoop") + " " + there("picocli.CommandLine"));
  }

  private static List<String> services() {
    return ServiceLoader.load(Greeting.class).stream().map(each -> each.get().text()).toList();
  }

  private static boolean there(String name) {
    try {
      return Class.forName(name) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
