package dev.gtmroutes.flow;

import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.CredentialMask;
import dev.gtmroutes.credential.Departure;
import dev.gtmroutes.credential.RateGate;
import dev.gtmroutes.delivery.Accounting;
import dev.gtmroutes.delivery.Acknowledgement;
import dev.gtmroutes.delivery.ChunkReader;
import dev.gtmroutes.delivery.DeadLetters;
import dev.gtmroutes.api.ApiHttpClient;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.RecordFile;
import dev.gtmroutes.delivery.RequestAggregation;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.inbox.InboxFiles;
import dev.gtmroutes.inbox.SteadyScheduler;
import dev.gtmroutes.kafka.KafkaChunks;
import dev.gtmroutes.kafka.PatientConsumers;
import dev.gtmroutes.kafka.TopicSender;
import dev.gtmroutes.outbox.Outbox;
import dev.gtmroutes.outbox.Webhook;
import dev.gtmroutes.peopleai.ExportSource;
import dev.gtmroutes.peopleai.FragmentDownloads;
import dev.gtmroutes.peopleai.FragmentTasks;
import dev.gtmroutes.peopleai.FragmentThreads;
import dev.gtmroutes.peopleai.JobCalls;
import dev.gtmroutes.peopleai.PagedSource;
import dev.gtmroutes.record.Shape;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/**
 * Classes that only YAML names. A native image would leave them out. The exception is what {@code doCatch} names; there is no
 * need to register others as long as it names no others.
 */
@RegisterForReflection(targets = {Accounting.class, Acknowledgement.class, ApiAddress.class, ApiCall.class,
        ChunkReader.class, Credential.class, CredentialMask.class, DeadLetters.class, ApiHttpClient.class,
        Departure.class, Destination.class, Exception.class, ExportSource.class, FragmentDownloads.class,
        FragmentTasks.class, FragmentThreads.class, InFlight.class, InboxFiles.class, JobCalls.class, KafkaChunks.class,
        Outbox.class, PagedSource.class, PatientConsumers.class, RateGate.class, RecordFile.class,
        RequestAggregation.class, RequestSender.class, Shape.class, SteadyScheduler.class,
        SynchronousExecutorService.class, TopicSender.class, Webhook.class})
final class NativeClasses {
}
