package dev.standstill.spring.hosts.front;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks another application over HTTP. */
@SpringBootApplication
@RestController
public class FrontApplication {

  private final RestClient stock;

  FrontApplication(@Value("${stock.url}") String url) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(Duration.ofSeconds(2));
    requests.setReadTimeout(Duration.ofSeconds(2));
    this.stock = RestClient.builder().requestFactory(requests).baseUrl(url).build();
  }

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(FrontApplication.class, args);
  }

  @GetMapping("/")
  String page() {
    try {
      return "asked " + stock.get().uri("/stock").retrieve().body(Integer.class);
    } catch (ResourceAccessException e) {
      return "no stock: " + e.getMostSpecificCause().getMessage();
    }
  }
}
