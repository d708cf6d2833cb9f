package dev.standstill.notebook.kernel;

import com.google.gson.Gson;

/** Text for servers. */
final class Json {

  private static final Gson GSON = new Gson();

  private Json() {}

  static String of(Object value) {
    return GSON.toJson(value);
  }
}
