package com.firefly.facts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What a service does in its first seconds, while an image is made: the virtual machine writes down what that needs. There
 * is no database, so whoever asks for one is told that it is away.
 */
@Component
@Profile("rehearsal")
class Rehearsal implements ApplicationRunner {
  private static final String[] PATHS = {"/actuator/health/readiness", "/actuator/prometheus", "/"};

  private final ServletWebServerApplicationContext service;

  Rehearsal(ServletWebServerApplicationContext service) {
    this.service = service;
  }

  @Override
  public void run(ApplicationArguments arguments) throws IOException {
    for (String path : PATHS) {
      URI address = URI.create("http://127.0.0.1:" + service.getWebServer().getPort() + path);
      System.out.println(path + " " + ((HttpURLConnection) address.toURL().openConnection()).getResponseCode());
    }
    service.close();
  }
}
