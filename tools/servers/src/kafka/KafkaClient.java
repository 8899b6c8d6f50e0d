import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.*;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's own client as a filter: a request as JSON on each line of the input, an answer as JSON on a line of the output.
 * A request has `do`, the client's `as` (its properties), and arguments. An answer is `{"answer": ...}`, or `{"refused": "..."}`
 * with the name of Kafka's exception.
 */
public class KafkaClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Map<String, Object>, Admin> ADMINS = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonNode request = JSON.readTree(line);
      Map<String, Object> answer = new HashMap<>();
      try {
        answer.put("answer", serve(request));
      } catch (ExecutionException problem) {
        refuse(answer, problem.getCause());
      } catch (Exception problem) {
        refuse(answer, problem);
      }
      System.out.println(JSON.writeValueAsString(answer));
    }
  }

  private static void refuse(Map<String, Object> answer, Throwable problem) {
    answer.put("refused", problem.getClass().getSimpleName());
    answer.put("because", String.valueOf(problem.getMessage()));
  }

  private static Object serve(JsonNode request) throws Exception {
    Map<String, Object> client = JSON.convertValue(request.get("as"), Map.class);
    return switch (request.get("do").asText()) {
      case "produce" -> produce(client, request);
      case "transact" -> transact(client, request);
      case "consume" -> consume(client, request);
      case "reach" -> reach(client, request);
      case "clientSettings" -> Map.of("producer", ProducerConfig.configNames(), "consumer", ConsumerConfig.configNames());
      default -> administer(client, request);
    };
  }

  private static Object administer(Map<String, Object> client, JsonNode request) throws Exception {
    // Kept, since a handshake takes longer than most answers.
    Admin admin = ADMINS.computeIfAbsent(client, Admin::create);
    switch (request.get("do").asText()) {
      case "brokers":
        return admin.describeCluster().nodes().get().size();
      case "brokerSettings":
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, request.get("broker").asText());
        // A broker keeps settings that it does not know, and describes them without a type.
        return admin.describeConfigs(List.of(broker)).all().get().get(broker).entries().stream()
            .filter(entry -> entry.type() != ConfigEntry.ConfigType.UNKNOWN).map(ConfigEntry::name).toList();
      case "createTopic":
        NewTopic topic = new NewTopic(request.get("topic").asText(), request.get("partitions").asInt(), (short) request.get("replicas").asInt());
        topic.configs(JSON.convertValue(request.get("config"), Map.class));
        CreateTopicsOptions options = new CreateTopicsOptions().validateOnly(request.path("validateOnly").asBoolean());
        admin.createTopics(List.of(topic), options).all().get();
        return true;
      case "deleteTopic":
        admin.deleteTopics(List.of(request.get("topic").asText())).all().get();
        return true;
      case "describeTopicSettings":
        ConfigResource described = new ConfigResource(ConfigResource.Type.TOPIC, request.get("topic").asText());
        return admin.describeConfigs(List.of(described)).all().get().get(described).entries().size();
      case "addRules":
        List<AclBinding> rules = new ArrayList<>();
        for (JsonNode rule : request.get("rules")) rules.addAll(bindings(request.get("principal").asText(), rule));
        admin.createAcls(rules).all().get();
        return rules.size();
      case "setPassword":
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(request.get("user").asText(), scram, request.get("password").asText()))).all().get();
        return true;
      default:
        throw new IllegalArgumentException(request.get("do").asText());
    }
  }

  /** A rule of a KafkaUser as Strimzi's user operator gives it to Kafka: one binding for each operation. */
  private static List<AclBinding> bindings(String principal, JsonNode rule) {
    JsonNode resource = rule.get("resource");
    ResourceType type = switch (resource.get("type").asText()) {
      case "topic" -> ResourceType.TOPIC;
      case "group" -> ResourceType.GROUP;
      case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
      default -> ResourceType.CLUSTER;
    };
    String name = type == ResourceType.CLUSTER ? Resource.CLUSTER_NAME : resource.get("name").asText();
    PatternType pattern = resource.path("patternType").asText("literal").equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
    List<AclBinding> bindings = new ArrayList<>();
    for (JsonNode operation : rule.get("operations")) {
      // "DescribeConfigs" -> DESCRIBE_CONFIGS
      String constant = operation.asText().replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase();
      AccessControlEntry entry = new AccessControlEntry(principal, "*", AclOperation.valueOf(constant), AclPermissionType.ALLOW);
      bindings.add(new AclBinding(new ResourcePattern(type, name, pattern), entry));
    }
    return bindings;
  }

  private static Object produce(Map<String, Object> client, JsonNode request) throws Exception {
    try (KafkaProducer<String, String> producer = producer(client)) {
      for (JsonNode value : request.get("values"))
        producer.send(new ProducerRecord<>(request.get("topic").asText(), 0, "key", value.asText())).get();
      return true;
    }
  }

  private static Object transact(Map<String, Object> client, JsonNode request) throws Exception {
    try (KafkaProducer<String, String> producer = producer(client)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(request.get("topic").asText(), "key", "value")).get();
      producer.commitTransaction();
      return true;
    }
  }

  /** Of these topics, each with a record in its first partition: which the client may write, and which it may read. */
  private static Object reach(Map<String, Object> client, JsonNode request) throws Exception {
    List<String> writes = new ArrayList<>();
    List<String> reads = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer(client)) {
      for (JsonNode topic : request.get("topics")) {
        try {
          producer.send(new ProducerRecord<>(topic.asText(), 0, "key", "value")).get();
          writes.add(topic.asText());
        } catch (ExecutionException | KafkaException problem) {
          // Who may write to no topic at all is refused by the cluster: in the answer, or at once when the producer knows.
          if (!(problem.getCause() instanceof AuthorizationException)) throw problem;
        }
      }
    }
    try (KafkaConsumer<String, String> consumer = consumer(client)) {
      for (JsonNode topic : request.get("topics")) {
        try {
          if (readFirst(consumer, topic.asText(), 1).isEmpty()) throw new IllegalStateException("no record in " + topic.asText());
          reads.add(topic.asText());
        } catch (TopicAuthorizationException refused) {
          // It may not, which is an answer.
        }
      }
    }
    return Map.of("writes", writes, "reads", reads);
  }

  /** Values of a topic, as a member of a group where one is named, else of its first partition. */
  private static Object consume(Map<String, Object> client, JsonNode request) {
    String topic = request.get("topic").asText();
    int count = request.get("count").asInt();
    try (KafkaConsumer<String, String> consumer = consumer(client)) {
      if (!client.containsKey("group.id")) return readFirst(consumer, topic, count);
      consumer.subscribe(List.of(topic));
      return read(consumer, count);
    }
  }

  private static List<String> readFirst(KafkaConsumer<String, String> consumer, String topic, int count) {
    Set<TopicPartition> first = Set.of(new TopicPartition(topic, 0));
    consumer.assign(first);
    consumer.seekToBeginning(first);
    return read(consumer, count);
  }

  private static List<String> read(KafkaConsumer<String, String> consumer, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.currentTimeMillis() + 15_000;
    while (values.size() < count && System.currentTimeMillis() < deadline)
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) values.add(record.value());
    return values;
  }

  private static KafkaConsumer<String, String> consumer(Map<String, Object> client) {
    Map<String, Object> fromTheStart = new HashMap<>(client);
    fromTheStart.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(fromTheStart, new StringDeserializer(), new StringDeserializer());
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
  }
}
