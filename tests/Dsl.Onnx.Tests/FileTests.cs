using Dsl.Runtime;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.OnnxFiles;

/// <summary>What a file is called inside, where its weights lie, and what is not written at all.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-onnx-").FullName;

    private string File => Path.Combine(_folder, "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NamesAreThoseOfTheModel()
    {
        using var exported = new ExportedModel(typeof(Zoo.LeNet5));
        var file = exported.File;
        Assert.Equal(["input"], file.Graph.Input.Select(input => input.Name));
        Assert.Equal(["output"], file.Graph.Output.Select(output => output.Name));
        Assert.Equal("N", file.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Subset(
            file.Graph.Initializer.Select(constant => constant.Name).ToHashSet(), exported.Model.state_dict().Keys.ToHashSet());
        Assert.Contains(file.Graph.Node, node => node.Name == "0: Conv2d(6, 5)/conv2d0" && node.Output[0] == "conv2d0");
        Assert.Equal(21, file.OpsetImport.Single(set => set.Domain.Length == 0).Version);
    }

    [Fact]
    public void MetadataSayWhatTheFileIsOf()
    {
        using var net = new TwoHeads();
        net.ExportOnnx(File, new OnnxOptions { Metadata = new Dictionary<string, string> { ["author"] = "Ada" } });
        using var session = new InferenceSession(File);
        var metadata = session.ModelMetadata;
        Assert.Equal("Dsl", metadata.ProducerName);
        Assert.Equal("Dsl.Tests.OnnxFiles.TwoHeads", metadata.CustomMetadataMap["dsl.model"]);
        Assert.Equal(typeof(OnnxFile).Assembly.GetName().Version!.ToString(3), metadata.CustomMetadataMap["dsl.version"]);
        Assert.Equal("Ada", metadata.CustomMetadataMap["author"]);
        Assert.Equal(["first", "second"], session.OutputNames);
    }

    [Fact]
    public void WeightsCanLieBesideTheFile()
    {
        using var exported = new ExportedModel(typeof(Zoo.LeNet5), new OnnxOptions { ExternalData = true });
        Assert.True(exported.Difference(3) < 1e-5);
        long inside = new FileInfo(exported.Path).Length, beside = new FileInfo(exported.Path + ".data").Length;
        Assert.True(beside > 20 * inside, $"{inside} bytes inside, {beside} beside");
    }

    [Fact]
    public void InfiniteWeightsAreNotWritten()
    {
        using var net = new TwoHeads();
        using (no_grad()) net.state_dict()["0.weight"].fill_(float.NaN);
        var refusal = Assert.Throws<InvalidOperationException>(() => net.ExportOnnx(File));
        Assert.Contains("0.weight", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void TheModeOfTheModelStays()
    {
        using var net = new Sampled();
        net.train();
        net.ExportOnnx(File);
        Assert.True(net.training);
        net.eval();
        net.ExportOnnx(File);
        Assert.False(net.training);
    }

    [Fact]
    public void AModelOfDoublePrecisionIsWrittenInSingle()
    {
        using var net = new TwoHeads();
        net.to(ScalarType.Float64);
        net.ExportOnnx(File);
        using var session = new InferenceSession(File);
        using var scope = NewDisposeScope();
        var input = randn(2, 6);
        using var given = new OrtInputs([("input", input)]);
        using var options = new RunOptions();
        using var results = session.Run(options, given.Values, session.OutputNames);
        var expected = net.forward(input.to_type(ScalarType.Float64)).First.detach().data<double>().ToArray();
        var found = results[0].GetTensorDataAsSpan<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-5);
    }
}
