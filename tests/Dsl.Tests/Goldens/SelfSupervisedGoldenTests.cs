using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.SelfSupervised;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Schemes of embeddings with heads: three steps against PyTorch in both targets.</summary>
public sealed class SelfSupervisedGoldenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    public static TheoryData<string, Func<object, object, object, IDisposable>> Cases => new()
    {
        { "simclr_mlp", (model, head, predictor) => new SimClrMlp((Mlp)model, (MlpHead)head) },
        { "simclr_mlp", (model, head, predictor) => new SimClrMlpAutograd((Mlp)model, (MlpHead)head) },
        { "simclr_cnn", (model, head, predictor) => new SimClrCnn((Cnn)model, (CnnHead)head) },
        { "simclr_cnn", (model, head, predictor) => new SimClrCnnAutograd((Cnn)model, (CnnHead)head) },
        { "simsiam_mlp", (model, head, predictor) => new SimSiamMlp((Mlp)model, (MlpHead)head, (MlpPredictor)predictor) },
        { "simsiam_mlp", (model, head, predictor) => new SimSiamMlpAutograd((Mlp)model, (MlpHead)head, (MlpPredictor)predictor) },
        { "simsiam_cnn", (model, head, predictor) => new SimSiamCnn((Cnn)model, (CnnHead)head, (CnnPredictor)predictor) },
        { "simsiam_cnn", (model, head, predictor) => new SimSiamCnnAutograd((Cnn)model, (CnnHead)head, (CnnPredictor)predictor) },
        { "byol_mlp", (model, head, predictor) => new ByolMlp((Mlp)model, (MlpHead)head, (MlpPredictor)predictor) },
        { "byol_mlp", (model, head, predictor) => new ByolMlpAutograd((Mlp)model, (MlpHead)head, (MlpPredictor)predictor) },
        { "byol_cnn", (model, head, predictor) => new ByolCnn((Cnn)model, (CnnHead)head, (CnnPredictor)predictor) },
        { "byol_cnn", (model, head, predictor) => new ByolCnnAutograd((Cnn)model, (CnnHead)head, (CnnPredictor)predictor) },
        { "barlow_mlp", (model, head, predictor) => new BarlowTwinsMlp((Mlp)model, (MlpHead)head) },
        { "barlow_mlp", (model, head, predictor) => new BarlowTwinsMlpAutograd((Mlp)model, (MlpHead)head) },
        { "barlow_cnn", (model, head, predictor) => new BarlowTwinsCnn((Cnn)model, (CnnHead)head) },
        { "barlow_cnn", (model, head, predictor) => new BarlowTwinsCnnAutograd((Cnn)model, (CnnHead)head) },
        { "vicreg_mlp", (model, head, predictor) => new VicRegMlp((Mlp)model, (MlpHead)head) },
        { "vicreg_mlp", (model, head, predictor) => new VicRegMlpAutograd((Mlp)model, (MlpHead)head) },
        { "vicreg_cnn", (model, head, predictor) => new VicRegCnn((Cnn)model, (CnnHead)head) },
        { "vicreg_cnn", (model, head, predictor) => new VicRegCnnAutograd((Cnn)model, (CnnHead)head) },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, object, object, IDisposable> create)
    {
        var golden = Golden.Load("self_supervised/" + name);
        bool isPlain = name.EndsWith("mlp", StringComparison.Ordinal);
        nn.Module model = isPlain ? new Mlp() : new Cnn(), head = isPlain ? new MlpHead() : new CnnHead(),
        predictor = isPlain ? new MlpPredictor() : new CnnPredictor();
        using var trainer = create(model, head, predictor);
        List<(string Name, nn.Module Network)> trained = [("model.", model), ("projection.", head)];
        if (golden.Names.Any(tensor => tensor.StartsWith("initial.predictor", StringComparison.Ordinal)))
            trained.Add(("predictor.", predictor));
        foreach (var (prefix, network) in trained) golden.Restore(network.state_dict(), "initial." + prefix);
        List<(string Name, nn.Module Network)> all = [.. trained];
        if (name.StartsWith("byol", StringComparison.Ordinal))
        {
            var target = (nn.Module)((dynamic)trainer).Target;
            var targetHead = (nn.Module)((dynamic)trainer).TargetHead;
            golden.Restore(target.state_dict(), "initial.target.model.");
            golden.Restore(targetHead.state_dict(), "initial.target.projection.");
            all.AddRange([("target.model.", target), ("target.projection.", targetHead)]);
        }

        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic batch = Make(trainer, "Batch", golden[at + "batch.input"]);
            dynamic draws = Make(trainer, "Draws", golden[at + "draw.first_shift"], golden[at + "draw.second_shift"]);
            dynamic losses = ((dynamic)trainer).ComputeGradients(batch, draws);
            foreach (string term in golden.Names.Where(tensor => tensor.StartsWith(at + "loss.", StringComparison.Ordinal)))
                golden.Matches(term, Loss((object)losses, term[(at + "loss.").Length..]));
            foreach (var (prefix, network) in trained)
            {
                var arena = (ParameterArena)((dynamic)network).Arena;

                // Other convolutions sum in another order, and normalisations by the batch enlarge that.
                foreach (var (parameter, value) in network.named_parameters())
                    golden.Matches($"{at}gradient.{prefix}{parameter}", ArenaGradient.Of(arena, value), tolerance: 3e-5);
            }

            ((dynamic)trainer).ApplyGradients();
            foreach (var (prefix, network) in all)
                foreach (var (state, value) in network.state_dict()) golden.Matches($"{at}after.{prefix}{state}", value);
        }
    }

    [Theory]
    [InlineData("swav_mlp", typeof(SwavMlp))]
    [InlineData("swav_mlp", typeof(SwavMlpAutograd))]
    [InlineData("swav_cnn", typeof(SwavCnn))]
    [InlineData("swav_cnn", typeof(SwavCnnAutograd))]
    public void Views_are_told_the_codes_of_each_other(string name, Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("self_supervised/" + name), trainer, "model.", "projection.");

    [Fact]
    public void Prototypes_are_directions_of_the_seed_that_a_checkpoint_holds()
    {
        using var first = new SwavMlp(new Mlp(new Generator(1)), new MlpHead(new Generator(2))) { Seed = 5 };
        using var second = new SwavMlp(new Mlp(new Generator(1)), new MlpHead(new Generator(2))) { Seed = 6 };
        Close.To(ones(5), first.Prototypes.norm(1, keepdim: false, p: 2), "lengths");
        Assert.False(first.Prototypes.Equals(second.Prototypes));
        string path = Path.Combine(_folder, "swav");
        first.Save(path);
        second.Resume(path, withOtherNumbers: true);
        Close.To(first.Prototypes, second.Prototypes, "prototypes", 0);
    }

    [Theory]
    [InlineData("deep_cluster_mlp")]
    [InlineData("deep_cluster_cnn")]
    public void Clusters_are_told_apart(string name)
    {
        var golden = Golden.Load("self_supervised/" + name);
        bool isPlain = name.EndsWith("mlp", StringComparison.Ordinal);
        foreach (bool isExplicit in (bool[])[true, false])
        {
            nn.Module model = isPlain ? new Mlp() : new Cnn();
            Clusters classifier = new();
            using IDisposable trainer = (isPlain, isExplicit) switch
            {
                (true, true) => new DeepClusterMlp((Mlp)model, classifier),
                (true, false) => new DeepClusterMlpAutograd((Mlp)model, classifier),
                (false, true) => new DeepClusterCnn((Cnn)model, classifier),
                _ => new DeepClusterCnnAutograd((Cnn)model, classifier),
            };
            golden.Restore(model.state_dict(), "initial.model.");
            using (no_grad())
            {
                classifier.Linear0Weight.copy_(golden["initial.classifier.weight"]);
                classifier.Linear0Bias.copy_(golden["initial.classifier.bias"]);
            }

            for (int step = 0; step < 3; step++)
            {
                string at = $"step{step}.";
                dynamic batch = Make(
                    trainer, "Batch", golden[at + "batch.input"], golden[at + "batch.cluster"],
                    golden[at + "batch.cluster_weight"]);
                dynamic draws = Make(trainer, "Draws", golden[at + "draw.first_shift"]);
                dynamic losses = ((dynamic)trainer).ComputeGradients(batch, draws);
                golden.Matches(at + "loss.clustering", Loss((object)losses, "clustering"));
                ((dynamic)trainer).ApplyGradients();
                foreach (var (state, value) in model.state_dict()) golden.Matches($"{at}after.model.{state}", value);
                golden.Matches(at + "after.classifier.weight", classifier.Linear0Weight);
                golden.Matches(at + "after.classifier.bias", classifier.Linear0Bias);
            }
        }
    }

    [Fact]
    public void Clusters_are_found_every_other_epoch_and_the_classifier_begins_anew()
    {
        string file = Path.Combine(_folder, "run");
        using var images = new InMemoryData(randn([40, 1, 8, 8], generator: new Generator(3)), zeros([40], ScalarType.Int64));
        using var whole = Create(1);
        List<long[]> clusters = [];
        List<double> biases = [];
        whole.Fit(images, new EachStep(step =>
        {
            clusters.Add(State(whole)["clusters"].data<long>().ToArray());
            biases.Add(whole.Classifier.Linear0Bias.abs().max().ToDouble());
        }));

        // Five steps an epoch: the clusters of steps 1 to 10 are those of the first epoch, then others.
        Assert.Equal(20, clusters.Count);
        Assert.All(clusters.Take(10), found => Assert.Equal(clusters[0], found));
        Assert.All(clusters.Skip(10), found => Assert.Equal(clusters[10], found));
        Assert.Equal(6, clusters[0].Distinct().Count());
        Assert.NotEqual(clusters[0], clusters[10]);

        // A resumed run goes on with the clusters that it was saved with.
        using var half = Create(1);
        Assert.Throws<OperationCanceledException>(() => half.Fit(images, new EndAfter(7)));
        half.Save(file);
        using var resumed = Create(2);
        resumed.Resume(file);
        resumed.Fit(images);
        foreach (var (name, value) in State(whole)) Assert.True(value.Equals(State(resumed)[name]), name);

        // Other data have other samples, and too few have no clusters.
        using var fewer = new InMemoryData(randn(30, 1, 8, 8), zeros(30, ScalarType.Int64));
        Assert.Throws<DataMismatchException>(() => resumed.Fit(fewer));
        using var few = new InMemoryData(randn(5, 1, 8, 8), zeros(5, ScalarType.Int64));
        using var other = Create(1);
        Assert.Contains(
            "6 clusters", Assert.Throws<DataMismatchException>(() => other.Fit(few)).Message, StringComparison.Ordinal);

        static DeepClusterRun Create(ulong seed)
        {
            var generator = new Generator(seed);
            return new DeepClusterRun(new Mlp(generator), new Clusters(generator)) { Seed = 7 };
        }
    }

    [Fact]
    public void Halves_of_a_batch_are_a_batch()
    {
        var golden = Golden.Load("self_supervised/simsiam_mlp");
        using Mlp model = new();
        using MlpHead head = new();
        using MlpPredictor predictor = new();
        golden.Restore(model.state_dict(), "initial.model.");
        golden.Restore(head.state_dict(), "initial.projection.");
        golden.Restore(predictor.state_dict(), "initial.predictor.");
        using var trainer = new SimSiamAccumulated(model, head, predictor);
        Tensor input = golden["step0.batch.input"];
        Tensor first = golden["step0.draw.first_shift"], second = golden["step0.draw.second_shift"];
        using var halves = new BatchWindow<SimSiamAccumulated.Batch>();
        foreach (int start in (int[])[0, 4]) halves.Add(new(input.narrow(0, start, 4)));
        using var counts = trainer.CountWindow(halves);
        for (int half = 0; half < 2; half++)
            trainer.ComputeGradients(halves[half], new(first.narrow(0, 4 * half, 4), second.narrow(0, 4 * half, 4)), counts);
        foreach (var (parameter, value) in predictor.named_parameters())
            golden.Matches($"step0.gradient.predictor.{parameter}", ArenaGradient.Of(predictor.Arena, value));
        trainer.ApplyGradients();
        foreach (var (state, value) in predictor.state_dict()) golden.Matches($"step0.after.predictor.{state}", value);
        foreach (var (state, value) in head.state_dict()) golden.Matches($"step0.after.projection.{state}", value);
    }

    [Fact]
    public void The_learning_rate_of_a_predictor_stays()
    {
        var (constant, following) = (Run(decays: false), Run(decays: true));
        Assert.Equal(constant.Before, following.Before);

        // The encoder follows the schedule in both; of the predictor the second step, at 3/4 of the rate, differs.
        Assert.True(constant.Predictor.sub(following.Predictor).abs().max().ToDouble() > 1e-4);

        static (double Before, Tensor Predictor) Run(bool decays)
        {
            var generator = new Generator(5);
            Mlp model = new(generator);
            MlpHead head = new(generator);
            MlpPredictor predictor = new(generator);
            dynamic trainer = decays ? new SimSiamDecayingAll(model, head, predictor)
                : new SimSiamDecaying(model, head, predictor);
            var images = randn([8, 1, 8, 8], generator: new Generator(6));
            double before = 0;
            for (int step = 0; step < 2; step++)
            {
                dynamic batch = Make((object)trainer, "Batch", images.alias());
                var losses = trainer.Step(batch);
                if (step == 0) before = ((Tensor)losses.Total).ToDouble();
            }

            return (before, predictor.Arena.Values.clone());
        }
    }

    [Fact]
    public void A_resumed_run_is_the_uninterrupted_one()
    {
        string file = Path.Combine(_folder, "run");
        using var images = new InMemoryData(randn([40, 1, 8, 8], generator: new Generator(3)), zeros([40], ScalarType.Int64));
        using var whole = Create(1);
        using var half = Create(1);
        using var resumed = Create(2);
        whole.Fit(images);
        Assert.Throws<OperationCanceledException>(() => half.Fit(images, new EndAfter(3)));
        half.Save(file);
        resumed.Resume(file);
        resumed.Fit(images);
        Assert.Equal(6, resumed.StepCount);
        foreach (var (name, value) in State(whole)) Assert.True(value.Equals(State(resumed)[name]), name);
        Assert.Contains(State(whole).Keys, name => name.StartsWith("predictor.", StringComparison.Ordinal));
        Assert.Contains(State(whole).Keys, name => name.StartsWith("targetHead.", StringComparison.Ordinal));

        static ByolResumed Create(ulong seed)
        {
            var generator = new Generator(seed);
            return new ByolResumed(new Mlp(generator), new MlpHead(generator), new MlpPredictor(generator)) { Seed = 7 };
        }
    }

    [Fact]
    public void A_projection_stands_behind_both_encoders_of_momentum_contrast()
    {
        using var trainer = new MoCoProjected(new Mlp(), new MlpHead());
        trainer.StepsPerEpoch = 1;
        using var before = trainer.KeyHead.Arena.Values.clone();
        using var batch = new MoCoProjected.Batch(randn(8, 1, 8, 8));
        trainer.Step(batch);
        Assert.Equal([16L, 8L], State(trainer)["queue"].shape);
        Assert.False(before.Equals(trainer.KeyHead.Arena.Values));
    }

    /// <summary>Looks at a run after each step.</summary>
    private sealed class EachStep(Action<long> look) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss) => look(step);

        public void Finished(TrainingReport report)
        {
        }
    }

    /// <summary>Ends a run.</summary>
    private sealed class EndAfter(long last) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step == last) throw new OperationCanceledException();
        }

        public void Finished(TrainingReport report)
        {
        }
    }

    private static Tensor Loss(object losses, string term) =>
        (Tensor)losses.GetType().GetProperty(char.ToUpperInvariant(term[0]) + term[1..])!.GetValue(losses)!;

    private static Dictionary<string, Tensor> State(object trainer) => (Dictionary<string, Tensor>)trainer.GetType()
        .GetMethod("State", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(trainer, [])!;

    private static object Make(object trainer, string type, params object[] parts) =>
        Activator.CreateInstance(trainer.GetType().GetNestedType(type)!, parts)!;
}
