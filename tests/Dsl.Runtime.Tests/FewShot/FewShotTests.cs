using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.FewShots;

/// <summary>Tasks drawn from labelled samples, and classes told from a few of them.</summary>
public class FewShotTests
{
    [Fact]
    public void A_task_has_classes_with_samples_of_their_own()
    {
        using var data = Numbered([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, -100, -100, -100]);
        var episodes = new ClassEpisodes(data, ways: 2, shots: 1, queries: 2, count: 40, seed: 3);
        var seen = new HashSet<long>();
        for (long task = 0; task < episodes.Count; task++)
        {
            using var scope = NewDisposeScope();
            var index = tensor(new[] { task });
            long[] support = Places(episodes.ReadSupportInputs(index)), query = Places(episodes.ReadQueryInputs(index));
            Assert.Equal([1, 2, 1], episodes.ReadSupportInputs(index).shape);
            Assert.Equal([1, 4, 1], episodes.ReadQueryInputs(index).shape);
            Assert.Equal([0L, 1], episodes.ReadSupportLabels(index).data<long>());
            Assert.Equal([0L, 0, 1, 1], episodes.ReadQueryLabels(index).data<long>());
            Assert.Equal(6, support.Concat(query).Distinct().Count());
            var classes = episodes.Classes(task);
            Assert.Equal(2, classes.Distinct().Count());
            long[] labels = data.Labels.data<long>().ToArray();
            Assert.Equal(classes, support.Select(place => labels[place]));
            Assert.Equal([classes[0], classes[0], classes[1], classes[1]], query.Select(place => labels[place]));
            seen.UnionWith(support);
        }

        // Classes 3 and 4 have fewer than three samples.
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], seen.Order());
    }

    [Fact]
    public void Tasks_are_a_function_of_seed_and_number()
    {
        using var data = Numbered([.. Enumerable.Range(0, 60).Select(place => place % 6L)]);
        using var scope = NewDisposeScope();
        ClassEpisodes first = new(data, 3, 2, 2, 10, 1), again = new(data, 3, 2, 2, 20, 1), other = new(data, 3, 2, 2, 10, 2);
        var some = tensor(new long[] { 7, 2 });
        Assert.Equal(Places(first.ReadSupportInputs(some)), Places(again.ReadSupportInputs(some)));
        Assert.NotEqual(Places(first.ReadSupportInputs(some)), Places(other.ReadSupportInputs(some)));
        Assert.Equal(
            Places(first.ReadQueryInputs(tensor(new[] { 2L }))), Places(first.ReadQueryInputs(some)).Skip(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.ReadQueryInputs(tensor(new[] { 10L })));
    }

    [Fact]
    public void Data_that_hold_no_task_are_refused()
    {
        using var data = Numbered([0, 0, 0, 1, 1, 2]);
        var few = Assert.Throws<DataMismatchException>(() => new ClassEpisodes(data, 2, 2, 1, 10));
        Assert.Contains("of the 3 classes 1 have 3 samples", few.Message, StringComparison.Ordinal);
        using var targets = new InMemoryData(rand(4, 2), rand(4, 2));
        Assert.Throws<DataMismatchException>(() => new ClassEpisodes(targets, 2, 1, 1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassEpisodes(data, 1, 1, 1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassEpisodes(data, 2, 1, 1, 0));
    }

    [Fact]
    public void Logits_are_distances_from_means()
    {
        using var scope = NewDisposeScope();
        using var embedder = nn.Linear(3, 2);
        Tensor inputs = rand(5, 3), labels = tensor(new long[] { 9, 4, 9, 4, 4 }), asked = rand(6, 3);
        using var classifier = PrototypeClassifier.Of(embedder, inputs, labels);
        Assert.Equal([4L, 9], classifier.Classes);
        Tensor features = embedder.forward(inputs).detach(), own = embedder.forward(asked).detach();
        Tensor four = features[tensor(new long[] { 1, 3, 4 })].mean([0L]);
        Tensor nine = features[tensor(new long[] { 0, 2 })].mean([0L]);
        Tensor expected = stack([-(own - four).square().sum(1), -(own - nine).square().sum(1)], 1);
        Assert.True(allclose(expected, classifier.forward(asked), 1e-5, 1e-6));
        long[] nearest = expected.argmax(1).data<long>().ToArray();
        Assert.Equal(nearest.Select(place => place == 0 ? 4L : 9), classifier.Classify(asked));

        using var directions = PrototypeClassifier.Of(embedder, inputs, labels, normalizes: true);
        Tensor scaled = features / features.norm(1).unsqueeze(1), row = own / own.norm(1).unsqueeze(1);
        Tensor middle = scaled[tensor(new long[] { 1, 3, 4 })].mean([0L]);
        Assert.True(allclose(-(row - middle).square().sum(1), directions.forward(asked)[.., 0], 1e-5, 1e-6));
        Assert.Throws<DataMismatchException>(() => PrototypeClassifier.Of(embedder, inputs, zeros(5, ScalarType.Int64)));
        Assert.Throws<DataMismatchException>(() => PrototypeClassifier.Of(embedder, inputs, labels[..4]));
    }

    [Fact]
    public void Accuracy_and_interval_are_those_of_the_tasks()
    {
        using var scope = NewDisposeScope();
        using var embedder = nn.Identity();

        // Of the four samples asked, the classes' means 0 and 10 tell the third wrong in the second task.
        Tensor support = tensor(new float[] { 0, 10, 0, 10 }).reshape(2, 2, 1);
        Tensor labels = tensor(new long[] { 0, 1, 0, 1 }).reshape(2, 2);
        Tensor query = tensor(new float[] { 1, 2, 9, 8, 1, 2, 3, 8 }).reshape(2, 4, 1);
        Tensor asked = tensor(new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }).reshape(2, 4);
        using var episodes = new InMemoryEpisodes(support, labels, query, asked);
        var found = FewShot.Evaluate(embedder, episodes);
        Assert.Equal([1.0, 0.75], found.Accuracies);
        Assert.Equal(0.875, found.Accuracy);
        Assert.Equal(0.25 / Math.Sqrt(2), found.Deviation, 12);
        Assert.Equal(1.96 * 0.125, found.Confidence, 12);
        Assert.Equal("87.5 ± 24.5 % of 2 tasks", found.ToString());
    }

    private static InMemoryData Numbered(long[] labels) =>
        new(arange(labels.Length).to(ScalarType.Float32).unsqueeze(1), tensor(labels));

    private static long[] Places(Tensor inputs) => [.. inputs.reshape(-1).data<float>().Select(number => (long)number)];
}
