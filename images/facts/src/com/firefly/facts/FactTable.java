package com.firefly.facts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of facts. */
@Repository
public class FactTable {
  /** Of a lock that only those take who make the table: PostgreSQL lets two of them fail each other. */
  private static final long MAKING = 4_128_001L;

  private final JdbcClient database;

  public FactTable(JdbcClient database) {
    this.database = database;
  }

  @Transactional
  public void make() {
    database.sql("select pg_advisory_xact_lock(?)").param(MAKING).query().singleRow();
    database.sql("""
        create table if not exists fact (
          id bigint generated always as identity primary key,
          text text not null,
          written timestamptz not null default now())""").update();
  }

  /** The newest ones, newest first. */
  public List<Fact> newest(int count) {
    return database.sql("select id, text, written from fact order by id desc limit ?").param(count).query(FactTable::read).list();
  }

  public Fact write(String text) {
    return database.sql("insert into fact (text) values (?) returning id, text, written").param(text).query(FactTable::read).single();
  }

  private static Fact read(ResultSet row, int number) throws SQLException {
    return new Fact(row.getLong("id"), row.getString("text"), row.getTimestamp("written").toInstant());
  }

  /** Makes the table before the service is ready: Spring says so only after its runners. */
  @Component
  @Profile("!rehearsal")
  static class Maker implements ApplicationRunner {
    private final FactTable table;

    Maker(FactTable table) {
      this.table = table;
    }

    @Override
    public void run(ApplicationArguments arguments) {
      table.make();
    }
  }
}
