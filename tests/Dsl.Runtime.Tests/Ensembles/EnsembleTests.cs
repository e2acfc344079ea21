using Dsl.Runtime.Tests.Embedding;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Ensembles;

/// <summary>Ensembles of networks that say what a table holds: how they become one, what is drawn for them, their
/// files.</summary>
public class EnsembleTests
{
    [Fact]
    public void Probabilities_are_the_weighted_mean()
    {
        using var scope = NewDisposeScope();
        Tensor first = randn(6, 3), second = randn(6, 3), all = Places(6);
        using var ensemble = new Ensemble<Table>([new(first), new(second)], [1, 3]);
        Assert.Equal([0.25, 0.75], ensemble.Weights);
        Assert.True(allclose(first.softmax(1) * 0.25 + second.softmax(1) * 0.75, ensemble.forward(all).exp(), 1e-5, 1e-6));
        Assert.Equal([2, 6, 3], ensemble.Sample(all).shape);

        // A member without a weight says nothing.
        using var one = new Ensemble<Table>([new(first), new(second)], [0, 2]);
        Assert.True(allclose(second.softmax(1), one.forward(all).exp(), 1e-5, 1e-6));
        Assert.Throws<ArgumentException>(() => new Ensemble<Table>([]));
        Assert.Throws<ArgumentException>(() => new Ensemble<Table>([one.Members[0], one.Members[0]]));
        Assert.Throws<ArgumentException>(() => new Ensemble<Table>(one.Members, [1]));
        Assert.Throws<ArgumentException>(() => new Ensemble<Table>(one.Members, [0, 0]));
        Assert.Throws<ArgumentException>(() => new Ensemble<Table>(one.Members, [1, double.NaN]));
    }

    [Fact]
    public void The_mean_is_never_less_likely_than_members_are_in_the_mean()
    {
        using var scope = NewDisposeScope();
        using var data = Data([0, 1, 2, 0, 1, 2]);
        using var ensemble = new Ensemble<Table>([new(randn(6, 3) * 3), new(randn(6, 3) * 3), new(randn(6, 3) * 3)]);
        using var together = LabelledLogits.Of(ensemble, data);
        double mean = ensemble.Members.Average(member =>
        {
            using var alone = LabelledLogits.Of(member, data);
            return alone.Loss;
        });
        Assert.True(together.Loss <= mean);
    }

    [Fact]
    public void A_file_holds_all_members()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var ensemble = new Ensemble<Table>([new(randn(4, 3)), new(randn(4, 3))], [2, 1], EnsembleVote.Classes);
        string path = folder.File(Path.Combine("new", "ensemble.safetensors"));
        ensemble.Save(path);
        using var again = Ensemble<Table>.Load(path, () => new Table(zeros(4, 3)));
        Assert.Equal(ensemble.Weights, again.Weights);
        Assert.Equal(EnsembleVote.Classes, again.Vote);
        Assert.True(ensemble.forward(Places(4)).equal(again.forward(Places(4))).all().ToBoolean());
        Assert.Throws<InvalidDataException>(() => Ensemble<Table>.Load(path, () => new Table(zeros(4, 2))));
        Assert.Throws<InvalidDataException>(() => Ensemble<Other>.Load(path, () => new Other()));
        Runtime.Safetensors.Write(path, new Dictionary<string, Tensor> { ["a"] = ones(1) });
        Assert.Throws<InvalidDataException>(() => Ensemble<Table>.Load(path, () => new Table(zeros(4, 3))));
        using (no_grad()) ensemble.Members[1].Logits.fill_(float.NaN);
        Assert.Throws<InvalidOperationException>(() => ensemble.Save(path));
    }

    [Fact]
    public void Weights_by_likelihood_are_those_of_Bayes()
    {
        using var scope = NewDisposeScope();
        using var data = Data([0, 1, 1, 0]);
        Tensor first = randn(4, 2), second = randn(4, 2);
        using var ensemble = new Ensemble<Table>([new(first), new(second)]);
        double a = Likelihood(first), b = Likelihood(second);
        ensemble.WeighByLikelihood(data);
        Assert.Equal(a / (a + b), ensemble.Weights[0], 2e-6);
        ensemble.WeighByLikelihood(data, temper: 0.5);
        Assert.Equal(Math.Sqrt(a) / (Math.Sqrt(a) + Math.Sqrt(b)), ensemble.Weights[0], 2e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.WeighByLikelihood(data, temper: 0));
        using var voting = new Ensemble<Table>([new(first)], null, EnsembleVote.Classes);
        Assert.Throws<InvalidOperationException>(() => voting.WeighByLikelihood(data));

        double Likelihood(Tensor logits) => Math.Exp(
            -4 * nn.functional.cross_entropy(logits.to(ScalarType.Float64), data.Labels).ToDouble());
    }

    [Fact]
    public void Members_have_seeds_of_their_own_and_a_failure_ends_the_training()
    {
        foreach (int parallel in new[] { 1, 3 })
        {
            var seeds = new System.Collections.Concurrent.ConcurrentBag<long>();
            int threads = get_num_threads();
            using var ensemble = EnsembleTraining.Deep(4, 7, seed =>
            {
                seeds.Add(seed);
                return new Table(full([2, 2], (float)(seed % 1000)));
            }, parallel);
            Assert.Equal(threads, get_num_threads());
            Assert.Equal(4, seeds.Distinct().Count());
            Assert.All(seeds, seed => Assert.True(seed >= 0));
            Assert.Equal(
                Enumerable.Range(0, 4).Select(member => (float)(EnsembleTraining.SeedOf(7, member) % 1000)),
                ensemble.Members.Select(member => member.Logits[0, 0].ToSingle()));
            Assert.Throws<NotSupportedException>(() => EnsembleTraining.Deep<Table>(
                3, 7, seed => seed == EnsembleTraining.SeedOf(7, 1) ? throw new NotSupportedException() : new(ones(1, 2)),
                parallel));
            Assert.Equal(threads, get_num_threads());
        }

        Assert.NotEqual(EnsembleTraining.SeedOf(1, 0), EnsembleTraining.SeedOf(2, 0));
    }

    [Fact]
    public void A_bootstrap_sample_draws_by_weight()
    {
        using var scope = NewDisposeScope();
        using var data = Data([.. Enumerable.Range(0, 1000).Select(place => place % 5L)]);
        var sample = ResampledData.Bootstrap(data, 3);
        Assert.Equal(1000, sample.Count);

        // 1 − (1 − 1/n)^n of all are in it, 63.2 %; 600 and 664 are six deviations away.
        Assert.InRange(sample.Places.Distinct().Count(), 600, 664);
        Assert.Equal(sample.Places, ResampledData.Bootstrap(data, 3).Places);
        Tensor some = tensor(new long[] { 5, 0, 999 });
        Assert.Equal(sample.Places[5], (long)sample.ReadInputs(some)[0].ToSingle());
        Assert.Equal(sample.Places[999] % 5, sample.ReadLabels(some)[2].ToInt64());
        double[] weights = [.. Enumerable.Range(0, 1000).Select(place => place is 10 or 20 ? place / 10.0 : 0)];
        var few = ResampledData.Bootstrap(data, 4, weights).Places.CountBy(place => place).ToDictionary();
        Assert.Equal([10, 20], few.Keys.Order());

        // A third, with a deviation of 15.
        Assert.InRange(few[10], 240, 427);
        Assert.Throws<ArgumentException>(() => ResampledData.Bootstrap(data, 4, [1]));
        Assert.Throws<ArgumentException>(() => new ResampledData(data, [1000]));
    }

    [Fact]
    public void Out_of_bag_are_the_members_that_did_not_see_a_sample()
    {
        using var scope = NewDisposeScope();
        using var data = Data([0, 1, 1, 0, 1, 0, 0, 1]);
        var seen = new List<long[]>();
        var tables = new List<Tensor>();
        using var bagging = EnsembleTraining.Bag(data, 3, 5, (drawn, _) =>
        {
            seen.Add([.. ((ResampledData)drawn).Places]);
            tables.Add(randn(8, 2));
            return new Table(tables[^1]);
        });
        using var said = bagging.OutOfBag(batchSize: 2);
        int row = 0;
        for (long place = 0; place < 8; place++)
        {
            int[] others = [.. Enumerable.Range(0, 3).Where(member => !seen[member].Contains(place))];
            if (others.Length == 0) continue;
            Tensor mean = stack(others.Select(member => tables[member][place].to(ScalarType.Float64).softmax(0))).mean([0L]);
            Assert.True(allclose(mean, said.Logits[row].exp(), 1e-6, 1e-7));
            Assert.Equal(data.Labels[place].ToInt64(), said.Labels[row++].ToInt64());
        }

        Assert.Equal(row, said.Count);
        Assert.InRange(row, 1, 8);
    }

    [Theory]
    [InlineData(BoostingRule.Samme, "samme")]
    [InlineData(BoostingRule.M1, "m1")]
    public void Votes_are_those_of_the_golden(BoostingRule rule, string name)
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("boosting", "uncertainty");
        using var data = Data(golden.Integers("labels"));
        int round = 0;
        using var ensemble = Boosting.Train(data, 3, 1, (_, _) => Says(golden["said"][round++]), rule);
        golden.Matches($"{name}_votes", [.. ensemble.Weights], 1e-12);
        golden.Matches($"{name}_logits", ensemble.forward(Places(10)), 1e-6);
    }

    [Fact]
    public void Boosting_ends_at_chance_and_at_perfection()
    {
        using var scope = NewDisposeScope();
        using var data = Data([0, 1, 2, 0, 1, 2]);
        Tensor right = data.Labels, wrong = (data.Labels + 1).remainder(3), most = tensor(new long[] { 0, 1, 2, 0, 1, 0 });
        using var perfect = Boosting.Train(data, 5, 1, (_, _) => Says(right));
        Assert.Equal(Math.Log(11) + Math.Log(2), Assert.Single(perfect.Weights), 12);
        using var bad = Boosting.Train(data, 5, 1, (_, _) => Says(wrong));
        Assert.Single(bad.Members);
        int round = 0;
        using var better = Boosting.Train(data, 5, 1, (_, _) => Says(round++ == 0 ? most : wrong));
        Assert.Single(better.Members);
        Assert.Equal(2, round);

        // What is drawn follows the weights: after a first member that is wrong in the last sample, that is drawn two times of
        // three by SAMME (e^α = 5·2 against 5 others).
        long[] drawn = [];
        round = 0;
        using var many = Data([.. Enumerable.Range(0, 600).Select(place => place % 3L)]);
        Tensor first = many.Labels.clone();
        first[599] = 0;
        using var again = Boosting.Train(many, 2, 1, (sample, _) =>
        {
            drawn = [.. ((ResampledData)sample).Places];
            return Says(round++ == 0 ? first : many.Labels);
        });
        Assert.InRange(drawn.Count(place => place == 599) / 600.0, 0.58, 0.75);
    }

    [Fact]
    public void Codes_part_the_classes_and_correct_errors()
    {
        Assert.Equal((5, 15), (OutputCodes.Code(5).GetLength(0), OutputCodes.Code(5).GetLength(1)));
        using var scope = NewDisposeScope();
        using var data = Data([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
        bool[,] words = OutputCodes.Code(5);
        int bit = 0;
        using var network = OutputCodes.Train(data, words, 3, (bits, _) =>
        {
            using var all = arange(10);
            Tensor said = bits.ReadLabels(all);

            // Three of fifteen are told wrong throughout.
            return Says(bit++ < 3 ? 1 - said : said, 2);
        });
        Assert.Equal(8, network.Distance);
        Assert.Equal([0L, 1, 2, 3, 4, 0, 1, 2, 3, 4], network.forward(Places(10)).argmax(1).data<long>());
        bool[,] ten = OutputCodes.Code(10);
        Assert.Equal((10, 15), (ten.GetLength(0), ten.GetLength(1)));
        Assert.Equal(ten, OutputCodes.Code(10));
        var columns = Enumerable.Range(0, 15)
            .Select(column => string.Concat(Enumerable.Range(0, 10).Select(known => ten[known, column] ? 1 : 0))).ToList();
        Assert.Equal(15, columns.Distinct().Count());
        Assert.All(columns, column => Assert.Contains('1', column));
        Assert.All(columns, column => Assert.Equal('0', column[9]));
        Assert.Throws<ArgumentException>(() => OutputCodes.Code(10, 3));
        Assert.Throws<ArgumentException>(() => OutputCodes.Code(3, 4));
        Assert.Throws<ArgumentException>(() => OutputCodes.Train(data, new bool[5, 2], 1, (_, _) => Says(data.Labels, 2)));
        Assert.Throws<DataMismatchException>(() => OutputCodes.Train(
            data, OutputCodes.Code(4), 1, (bits, _) => Says(bits.ReadLabels(arange(10)), 2)));
    }

    private static Tensor Places(int count) => arange(count).to(ScalarType.Float32).unsqueeze(1);

    private static InMemoryData Data(long[] labels) => new(Places(labels.Length), tensor(labels));

    private static Table Says(Tensor classes, long count = 3) =>
        new(nn.functional.one_hot(classes, count).to(ScalarType.Float32) * 9);

    /// <summary>Says for a place what stands there.</summary>
    private sealed class Table : nn.Module<Tensor, Tensor>
    {
        public Table(Tensor logits)
            : base(nameof(Table))
        {
            Logits = nn.Parameter(logits.clone().DetachFromDisposeScope());
            RegisterComponents();
        }

        public TorchSharp.Modules.Parameter Logits { get; }

        public override Tensor forward(Tensor input) => Logits[input.squeeze(1).to(ScalarType.Int64)];
    }

    private sealed class Other() : nn.Module<Tensor, Tensor>(nameof(Other))
    {
        public override Tensor forward(Tensor input) => input;
    }
}
