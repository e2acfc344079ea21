using Digits;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour;

[Model(1, 8, 8), Flatten, Linear(48), ReLU, Dropout(0.2), Linear(10)]
public partial class Member;

[Model(1, 8, 8), Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, Dropout2d(0.2), Flatten, Dropout(0.5), Linear(10)]
public partial class Dropped;

[Model(1, 8, 8), Flatten, Linear(48), ReLU, Linear(10)]
public partial class Undropped;

[Model(1, 8, 8), Flatten, Linear(2)]
public partial class Halves;

[Trainer<Member>, CrossEntropy, Adam(2e-3), Epochs(8), BatchSize(32)]
public partial class MemberTrainer;

[Trainer<Dropped>, CrossEntropy, Adam(2e-3), Epochs(4), BatchSize(32)]
public partial class DroppedTrainer;

[Trainer<Undropped>, CrossEntropy, Sgd(0.1, Momentum = 0.9), CosineRestarts(T0Steps = 30), Epochs(10), BatchSize(30)]
public partial class CyclicTrainer;

[Trainer<Undropped>, CrossEntropy, Sgd(0.1, Momentum = 0.9), CosineRestarts(T0Epochs = 1, TMult = 2), Epochs(7), BatchSize(30)]
public partial class GrowingTrainer;

[Trainer<Undropped>, Distill(Temperature = 2), Adam(2e-3), Epochs(20), BatchSize(32)]
public partial class StudentTrainer;

[Trainer<Halves>, CrossEntropy, Adam(0.02), Epochs(8), BatchSize(32)]
public partial class HalvesTrainer;

/// <summary>Ensembles of trained digits, and dropout that stays on.</summary>
public class EnsembleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Members_are_what_they_would_be_alone(int parallel)
    {
        var (train, test) = Data();
        int threads = get_num_threads();
        using (train)
        using (test)
        {
            set_num_threads(1);
            try
            {
                using var ensemble = EnsembleTraining.Deep(3, 5, seed => Trained(train, seed), parallel);
                for (int i = 0; i < 3; i++)
                {
                    using var alone = Trained(train, EnsembleTraining.SeedOf(5, i));
                    Assert.Equal(0, (alone.Arena.Values - ensemble.Members[i].Arena.Values).abs().max().ToDouble());
                }

                using var together = LabelledLogits.Of(ensemble, test);
                var each = ensemble.Members.Select(member => Classification.Evaluate(member, test, CPU)).ToList();
                Assert.True(together.Loss <= each.Average(member => member.Loss));
                Assert.True(together.Accuracy >= each.Average(member => member.Accuracy) - 0.005);
                Assert.Equal(together.Loss, Classification.Evaluate(ensemble, test, CPU).Loss, 2e-6);
            }
            finally
            {
                set_num_threads(threads);
            }
        }
    }

    [Fact]
    public void A_file_of_an_ensemble_predicts_as_it_did_and_teaches_a_student()
    {
        var (train, test) = Data();
        string path = Path.Combine(Path.GetTempPath(), $"ensemble-{Guid.NewGuid():N}.safetensors");
        using (train)
        using (test)
        using (var ensemble = EnsembleTraining.Deep(3, 6, seed => Trained(train, seed)))
        {
            ensemble.Save(path);
            using var again = Ensemble<Member>.Load(path, () => new Member());
            File.Delete(path);
            using (no_grad())
            {
                Assert.Equal(
                    0, (ensemble.Predict(test.Inputs) - again.Predict(test.Inputs)).abs().max().ToDouble(), 6);
            }

            // The chain's last link: one network that says what the ensemble says, without a label.
            using var student = new Undropped(new Generator(3));
            using var trainer = new StudentTrainer(student, again) { Seed = 3 };
            double before = Classification.Evaluate(student, test, CPU).Accuracy;
            trainer.Fit(train);
            double after = Classification.Evaluate(student, test, CPU).Accuracy;
            Assert.True(after > 0.75 && after > before + 0.5, $"{before} and {after}");
        }
    }

    [Fact]
    public void Bagging_estimates_its_own_accuracy()
    {
        var (train, test) = Data();
        using (train)
        using (test)
        using (var bagging = EnsembleTraining.Bag(train, 6, 2, Trained))
        using (var outOfBag = bagging.OutOfBag())
        {
            double tested = Classification.Evaluate(bagging.Ensemble, test, CPU).Accuracy;
            Assert.InRange(outOfBag.Count, 0.9 * train.Count, train.Count);
            Assert.InRange(outOfBag.Accuracy, tested - 0.06, tested + 0.04);
        }
    }

    [Fact]
    public void Boosting_makes_weak_networks_stronger()
    {
        var (train, test) = Data();
        using (train)
        using (test)
        using (var ensemble = Boosting.Train(train, 8, 3, (data, seed) => Weak(data, seed)))
        {
            double alone = Classification.Evaluate(ensemble.Members[0], test, CPU).Accuracy;
            double together = Classification.Evaluate(ensemble, test, CPU).Accuracy;
            Assert.InRange(ensemble.Members.Count, 2, 8);
            Assert.True(together > alone, $"{alone} and {together}");
        }
    }

    [Fact]
    public void Two_classes_a_network_make_ten()
    {
        var (train, test) = Data();
        using (train)
        using (test)
        using (var codes = OutputCodes.Train(train, OutputCodes.Code(10, 20), 4, (data, seed) =>
        {
            using var generator = new Generator((ulong)seed);
            var network = new Halves(generator);
            using var trainer = new HalvesTrainer(network) { Seed = seed };
            trainer.Fit(data);
            return network;
        }))
        {
            double accuracy = Classification.Evaluate(codes, test, CPU).Accuracy;
            Assert.True(accuracy > 0.8 && codes.Distance >= 6, $"{accuracy}, {codes.Distance}");
            string path = Path.Combine(Path.GetTempPath(), $"codes-{Guid.NewGuid():N}.safetensors");
            codes.Save(path);
            using var again = OutputCodes<Halves>.Load(path, () => new Halves());
            Assert.Throws<InvalidDataException>(() => Ensemble<Halves>.Load(path, () => new Halves()));
            File.Delete(path);
            Assert.Equal(codes.Words, again.Words);
            using Tensor before = codes.Predict(test.Inputs), after = again.Predict(test.Inputs);
            Assert.Equal(0, (before - after).abs().max().ToDouble());
        }
    }

    [Fact]
    public void Snapshots_are_the_network_at_the_ends_of_cycles()
    {
        var (train, test) = Data();
        using (train)
        using (test)
        using (var network = new Undropped(new Generator(1)))
        using (var trainer = new CyclicTrainer(network) { Seed = 1 })
        using (var snapshots = new Snapshots<Undropped>(trainer, network, () => new Undropped()))
        {
            trainer.Fit(train, snapshots);

            // 300 samples: 10 steps an epoch, 100 in all.
            Assert.Equal([30, 60, 90, 100], snapshots.Steps);
            Assert.Throws<InvalidOperationException>(() => snapshots.ToEnsemble(5));
            using var ensemble = snapshots.ToEnsemble(3);
            Assert.Equal(0, snapshots.Count);
            Assert.Equal(3, ensemble.Members.Count);
            Assert.Equal(0, (network.Arena.Values - ensemble.Members[2].Arena.Values).abs().max().ToDouble());

            using var other = new Undropped(new Generator(1));
            using var growing = new GrowingTrainer(other) { Seed = 1 };
            using var longer = new Snapshots<Undropped>(growing, other, () => new Undropped());
            growing.Fit(train, longer);
            Assert.Equal([10, 30, 70], longer.Steps);
        }
    }

    [Fact]
    public void Dropout_alone_stays_on()
    {
        var (train, test) = Data();
        using (train)
        using (test)
        using (var network = new Dropped(new Generator(1)))
        using (var trainer = new DroppedTrainer(network) { Seed = 1 })
        {
            trainer.Fit(train);
            network.train();
            var state = network.state_dict().ToDictionary(known => known.Key, known => known.Value.clone());
            using var sampled = new MonteCarloDropout(network, passes: 30, seed: 2);
            using var inputs = test.Inputs.clone();
            using (no_grad())
            {
                Tensor first = sampled.Sample(inputs);
                Assert.Equal(0, (first - sampled.Sample(inputs)).abs().max().ToDouble());
                Assert.True((first[0] - first[1]).abs().max().ToDouble() > 0.1);
                Assert.True(network.training);
                foreach (var (name, value) in network.state_dict())
                    Assert.Equal(0, (value - state[name]).abs().max().ToDouble());

                // One sample alone has the prediction that it has among all, as batch normalisation is in evaluation mode: with
                // the statistics of a batch of one it would have another.
                using var other = new MonteCarloDropout(network, passes: 30, seed: 3);
                Assert.True((first - other.Sample(inputs)).abs().max().ToDouble() > 0.1);
                Tensor expected = first.softmax(2).mean([0L]);
                Assert.True(allclose(expected, sampled.forward(inputs).exp(), 1e-5, 1e-6));
            }

            using var samples = PredictionSamples.Of(sampled, test);
            using Tensor mutual = samples.MutualInformation, confidence = samples.Confidence;
            Assert.True(mutual.min().ToDouble() >= 0 && mutual.mean().ToDouble() > 1e-3);
            double plain = Classification.Evaluate(network, test, CPU).Accuracy;
            Assert.InRange(Classification.Evaluate(sampled, test, CPU).Accuracy, plain - 0.03, plain + 0.05);
            using var without = new Undropped();
            using var wrong = new MonteCarloDropout(without);
            Assert.Throws<InvalidOperationException>(() => wrong.forward(inputs));
        }
    }

    private static (InMemoryData Train, InMemoryData Test) Data()
    {
        var (all, test) = HandwrittenDigits.LoadSplit(0);
        using (all)
        using (var some = arange(300))
            return (all.Subset(some), test);
    }

    private static Member Trained(ILabeledDataSource data, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var network = new Member(generator);
        using var trainer = new MemberTrainer(network) { Seed = seed };
        trainer.Fit(data);
        return network;
    }

    private static Member Weak(ILabeledDataSource data, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var network = new Member(generator);
        using var trainer = new MemberTrainer(network) { Seed = seed, Epochs = 2 };
        trainer.Fit(data);
        return network;
    }
}
