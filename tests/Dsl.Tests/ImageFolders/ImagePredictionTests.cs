using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.ImageFolders;

/// <summary>Predictions for images: from wherever they come, by several threads, and from a file that keeps all that is
/// needed.</summary>
public sealed class ImagePredictionTests : IDisposable
{
    private readonly DrawnImages _drawn = new(8);

    private string Saved => Path.Combine(_drawn.Path + "-models", "new", "model.safetensors");

    public void Dispose()
    {
        _drawn.Dispose();
        if (Directory.Exists(_drawn.Path + "-models")) Directory.Delete(_drawn.Path + "-models", recursive: true);
    }

    [Fact]
    public void Files_bytes_and_streams_are_predicted_alike_and_as_the_network_does()
    {
        using var trainer = Trained();
        string path = _drawn.File0;
        var prediction = trainer.Predict(path);
        Assert.Equal(["disk", "cross", "square"], prediction.Classes);
        Assert.Equal(1, prediction.Probabilities.Sum(), 12);
        using var stream = File.OpenRead(path);
        Assert.Equal(prediction.Probabilities, trainer.Predict(stream).Probabilities);
        Assert.True(stream.CanRead);
        Assert.Equal(prediction.Probabilities, trainer.Predict(File.ReadAllBytes(path)).Probabilities);
        var images = Sign.Load(_drawn.Path);
        var all = trainer.Predict(images);
        Assert.Equal(all.Select(one => one.Class), trainer.Predict(images.Rows.Select(row => row.Path)).Select(one => one.Class));
        trainer.Model.eval();
        using var inputs = images.ReadInputs(arange(images.Count));
        using var noGrad = no_grad();
        using var expected = trainer.Model.forward(inputs).softmax(1).to_type(ScalarType.Float64);
        Assert.Equal(expected.data<double>().ToArray(), all.SelectMany(one => one.Probabilities),
            (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void A_second_model_from_the_file_predicts_the_same()
    {
        using var trainer = Trained();
        trainer.SaveModel(Saved);
        using var net = SignNet.Load(Saved);
        Assert.False(net.training);
        Assert.True(net.Preprocessing.IsFitted);
        Assert.Equal(trainer.Predict(_drawn.File0).Probabilities, net.Predict(_drawn.File0).Probabilities);
        using var file = Safetensors.Read(Saved);
        Assert.Equal([3, 1, 1], file["preprocessing.mean"].shape);
        Assert.Equal("[\"disk\",\"cross\",\"square\"]", file.Metadata["dsl.classes"]);
    }

    [Fact]
    public void An_ensemble_predicts_images_as_the_mean_of_its_members_also_from_a_file()
    {
        var images = Sign.Load(_drawn.Path);
        using var ensemble = EnsembleTraining.Deep(2, seed: 1, seed =>
        {
            using var generator = new Generator((ulong)seed);
            var network = new SignNet(generator);
            using var trainer = new SignTrainer(network) { Seed = seed, Epochs = 2 };
            trainer.Fit(images);
            return network;
        });
        string path = _drawn.File0;
        var together = ensemble.Predict(path);
        Assert.Equal(ensemble.Members.Average(member => member.Predict(path)["cross"]), together["cross"], 1e-6);
        Assert.Equal(1, together.Probabilities.Sum(), 12);
        using var stream = File.OpenRead(path);
        Assert.Equal(together.Probabilities, ensemble.Predict(stream).Probabilities);
        Assert.True(stream.CanRead);
        Assert.Equal(together.Probabilities, ensemble.Predict(File.ReadAllBytes(path)).Probabilities);
        var all = ensemble.Predict(images);
        var byPath = ensemble.Predict(images.Rows.Select(row => row.Path));
        Assert.Equal(all.Select(one => one.Class), byPath.Select(one => one.Class));
        var each = ensemble.Members.Select(member => member.Predict(images)).ToList();
        Assert.Equal(each.Average(member => member[3]["disk"]), all[3]["disk"], 1e-6);
        ensemble.Save(Saved);
        using var again = Ensemble<SignNet>.Load(Saved, () => new SignNet());
        Assert.Equal(together.Probabilities, again.Predict(path).Probabilities);
    }

    [Fact]
    public void Files_of_other_declarations_are_refused()
    {
        using (var trainer = Trained()) trainer.SaveModel(Saved);
        Assert.Contains("holds a Dsl.Tests.ImageFolders.SignNet, and not a Dsl.Tests.ImageFolders.StretchedSignNet",
            Assert.Throws<InvalidDataException>(() => StretchedSignNet.Load(Saved)).Message, StringComparison.Ordinal);
        using var net = new StretchedSignNet();
        net.Preprocessing.Fit(StretchedSign.Load(_drawn.Path));
        ModelFile.Save(Saved, "Dsl.Tests.ImageFolders.SignNet", net, net.Preprocessing);
        Assert.Contains("was saved for other images than Sign has: 'image: 3 x 16 x 16, stretch, background 000000, "
            + "standardized', where the declaration says 'image: 3 x 16 x 16, crop, background 000000, standardized'.",
            Assert.Throws<InvalidDataException>(() => SignNet.Load(Saved)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_statistics_nothing_is_predicted_or_saved()
    {
        using var net = new SignNet();
        Assert.Throws<InvalidOperationException>(() => net.Predict(_drawn.File0));
        Assert.Throws<InvalidOperationException>(() => net.Save(Saved));
        Assert.Throws<InvalidDataException>(() => new ScanNet().Predict("no image"u8.ToArray()));
        Assert.Throws<FileNotFoundException>(() => new ScanNet().Predict("no file.png"));
    }

    [Fact]
    public void A_model_of_methods_normalises_too_and_its_probabilities_stay()
    {
        using var net = new ScanNet();
        net.eval();
        var prediction = net.Predict(_drawn.File0);
        Assert.IsType<Shape>(prediction.Class);
        Assert.Equal(1, prediction.Probabilities.Sum(), 2e-6);
        using var noGrad = no_grad();
        using var images = rand(5, 1, 12, 20);
        using var expected = net.Forward((images - 0.5f) / 0.25f);
        using var actual = net.forward(images);
        Assert.True(expected.allclose(actual));
        using var tape = new ScanNet.Tape();
        using var paired = net.Forward(images, tape);
        Assert.True(expected.allclose(paired));
        using var gradient = net.Backward(tape, ones(5, 3), inputGradient: true);
        Assert.Equal([5, 1, 12, 20], gradient!.shape);
    }

    [Fact]
    public async Task Threads_predict_at_once()
    {
        using var trainer = Trained();
        trainer.Model.train();
        string[] paths = [.. Sign.Load(_drawn.Path).Rows.Select(row => row.Path)];
        double[] expected = [.. trainer.Predict(paths).Select(prediction => prediction.Probability)];
        var tasks = Enumerable.Range(0, 4).Select(_ => Task.Run(() => trainer.Model.Predict(paths)));
        foreach (var predictions in await Task.WhenAll(tasks))
            Assert.Equal(expected, predictions.Select(prediction => prediction.Probability),
                (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.True(trainer.Model.training);
    }

    private SignTrainer Trained()
    {
        var trainer = new SignTrainer(new SignNet()) { Seed = 1, Epochs = 3 };
        trainer.Fit(Sign.Load(_drawn.Path));
        return trainer;
    }
}
