package com.firefly.facts;

import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Facts over HTTP, below whatever name the service has. */
@RestController
@RequestMapping({"/", "/api/v1/{service}/facts"})
public class FactController {
  private static final int MOST = 1000;

  private final FactTable table;

  public FactController(FactTable table) {
    this.table = table;
  }

  @GetMapping
  public List<Fact> newest(@RequestParam(defaultValue = "100") int count) {
    if (count < 1 || count > MOST) throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "count is from 1 to " + MOST);
    return table.newest(count);
  }

  /** Answered once the database has it for good. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public Fact write(@RequestBody Map<String, String> fact) {
    String text = fact.getOrDefault("text", "");
    if (text.isBlank()) throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "text is empty");
    return table.write(text);
  }

  /** Its database is away: the caller may try again. */
  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  public ProblemDetail unavailable(Exception problem) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, problem.getClass().getSimpleName());
  }
}
