package com.shop;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A controller whose handlers may block, with a database. */
@SpringBootApplication
@RestController
public class Service {

    private final JdbcTemplate database;

    Service(JdbcTemplate database) {
        this.database = database;
    }

    public static void main(String[] args) {
        SpringApplication.run(Service.class, args);
    }

    @EventListener
    void announce(ApplicationReadyEvent ready) {
        System.out.println("PORT " + ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }

    @GetMapping("/hello")
    Map<String, String> hello() {
        return Map.of("hello", database.queryForObject("select 'world'", String.class));
    }

    @GetMapping({"/fault/{kind}", "/offloaded/{kind}"})
    String fault(@PathVariable String kind) {
        return Faults.run(kind);
    }
}
