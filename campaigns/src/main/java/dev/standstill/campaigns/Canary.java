package dev.standstill.campaigns;

import dev.standstill.campaigns.canary.PlantedBug;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.SearchStrategy;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bug that is planted in each campaign, and known to be found in far fewer schedules than it is
 * given: where it is not found, nothing is known of the program either. It is loaded anew by a
 * loader of its own, as programs are.
 */
final class Canary {

  /** What results call it. */
  static final String NAME = "the canary";

  static final long SCHEDULES = 2_000;

  private Canary() {}

  static CampaignSubject subject(SearchStrategy strategy) {
    return new CampaignSubject(NAME, NAME, strategyFor(strategy).name(), "", "", SCHEDULES);
  }

  /** One schedule does not find it, and is not meant to. */
  private static SearchStrategy strategyFor(SearchStrategy strategy) {
    return strategy == SearchStrategy.FIFO ? SearchStrategy.AUTO : strategy;
  }

  static Exploration exploration(SearchStrategy strategy) {
    return Exploration.of(new Planted()).strategy(strategyFor(strategy)).ownClasses();
  }

  /** The class is loaded by the first run: only from then on do classes tell what they do. */
  private static final class Planted implements Exploration.Body {

    private @Nullable Class<?> type;

    @Override
    public void run(TestLoop loop) throws ReflectiveOperationException {
      Class<?> loaded = type;
      if (loaded == null) {
        loaded = new Loader().loadClass(PlantedBug.class.getName());
        type = loaded;
      }
      ((Runnable) loaded.getDeclaredConstructor().newInstance()).run();
    }
  }

  /** Has the one class. */
  private static final class Loader extends ClassLoader {

    Loader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals(PlantedBug.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      String file = PlantedBug.class.getSimpleName() + ".class";
      try (InputStream in = PlantedBug.class.getResourceAsStream(file)) {
        byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
