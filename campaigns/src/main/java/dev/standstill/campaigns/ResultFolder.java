package dev.standstill.campaigns;

import dev.standstill.test.spi.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder with results of campaigns: files whose names end with {@code .campaign.json}, also in
 * folders below it. A file appears as a whole or not at all; what is half written has another name.
 * Any thread may call, of any process.
 */
public final class ResultFolder {

  private static final String SUFFIX = ".campaign.json";
  private static final String MERGED = "merged" + SUFFIX;

  private final Path folder;

  /**
   * Nothing is read or written yet.
   *
   * @param folder where the files are; it need not exist
   */
  public ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Puts all results together that are there.
   *
   * @return what they know
   * @throws UnusableResultsException if there are none, or a file cannot be read
   */
  public CampaignResults readAll() throws UnusableResultsException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableResultsException(
          "There is no folder %s: name one that --out or standstill.results has filled."
              .formatted(folder));
    }
    List<Path> files = files();
    if (files.isEmpty()) {
      throw new UnusableResultsException(
          "%s has no results: no file in it, or below it, ends with %s.".formatted(folder, SUFFIX));
    }
    CampaignResults all = CampaignResults.none();
    for (Path file : files) {
      all = all.merge(read(file));
    }
    return all;
  }

  private List<Path> files() throws UnusableResultsException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException | RuntimeException e) {
      throw new UnusableResultsException(
          "%s cannot be searched for results: %s.".formatted(folder, e), e);
    }
  }

  private static CampaignResults read(Path file) throws UnusableResultsException {
    try {
      return ResultJson.read(Files.readString(file));
    } catch (IOException e) {
      throw new UnusableResultsException("%s cannot be read: %s.".formatted(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new UnusableResultsException(
          "%s %s. Nothing was merged; take the file away, or run its shard again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Sees to it that results can be written there, before they are: makes the folder, and a file in
   * it.
   *
   * @throws UnusableResultsException if that cannot be done
   */
  public void requireWritable() throws UnusableResultsException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createFile(temporary("new")));
    } catch (IOException | RuntimeException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Writes the results of a shard, beside what its file has already.
   *
   * @param subject what was explored
   * @param shard which part
   * @param results what was seen
   * @return the file
   * @throws UnusableResultsException if it cannot be written, or what is there cannot be read,
   *     which stays as it is then
   */
  public Path add(CampaignSubject subject, Shard shard, CampaignResults results)
      throws UnusableResultsException {
    String name =
        "%s-shard-%d-of-%d%s".formatted(subject.shortName(), shard.index(), shard.count(), SUFFIX);
    return add(name, results);
  }

  /**
   * Writes results that were merged, beside what was merged there already.
   *
   * @param results what is known
   * @return the file
   * @throws UnusableResultsException as with {@link #add}
   */
  public Path addMerged(CampaignResults results) throws UnusableResultsException {
    return add(MERGED, results);
  }

  private Path add(String name, CampaignResults results) throws UnusableResultsException {
    Path file = folder.resolve(name);
    CampaignResults all = Files.exists(file) ? read(file).merge(results) : results;
    write(file, ResultJson.write(all));
    return file;
  }

  /**
   * Writes the page that shows results.
   *
   * @param page a file of HTML
   * @return the file
   * @throws UnusableResultsException if it cannot be written
   */
  public Path writePage(String page) throws UnusableResultsException {
    Path file = folder.resolve("campaign.html");
    write(file, page);
    return file;
  }

  /** What was there stays until all of it is written. */
  private void write(Path file, String text) throws UnusableResultsException {
    try {
      Files.createDirectories(folder);
      WholeFile.replace(file, text, Files.createFile(temporary(file.getFileName().toString())));
    } catch (IOException | RuntimeException e) {
      throw unwritable(file, e);
    }
  }

  /** Others may read it, as far as the user lets them; a temporary file of Java's is not so. */
  private Path temporary(String name) {
    return folder.resolve("%s-%s.tmp".formatted(name, UUID.randomUUID()));
  }

  private static UnusableResultsException unwritable(Path file, Exception e) {
    return new UnusableResultsException(
        "Results cannot be written to %s: %s. What was there is as it was; name another folder, or make room."
            .formatted(file, e),
        e);
  }
}
