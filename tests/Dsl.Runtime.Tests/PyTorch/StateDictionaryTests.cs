using System.IO.Compression;
using System.Runtime.CompilerServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.PyTorch;

/// <summary>
/// Files of <c>torch.save</c> (<c>tests/goldens/state_dicts.py</c> writes them) go into a network by their names, and what is no
/// dictionary of tensors is refused before anything of it could run.
/// </summary>
public sealed class StateDictionaryTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("network.pt")]
    [InlineData("network-4.pt")]
    public void A_network_computes_what_PyTorch_does(string file)
    {
        var network = Network();
        Assert.Equal("9 tensors were loaded", PretrainedWeights.Load(network, File(file)).ToString());
        network.eval();
        var golden = new Named(("input", zeros(5, 3)), ("output", zeros(5, 2)));
        PretrainedWeights.Load(golden, File("outputs.pt"));
        var (input, output) = (golden.get_buffer("input")!, golden.get_buffer("output")!);
        Assert.True(allclose(output, network.forward(input), rtol: 1e-5, atol: 1e-6));
        Assert.True(output.abs().min().ToSingle() > 0.01f);
        Assert.Equal(7, network.state_dict()["1.num_batches_tracked"].ToInt64());
    }

    [Fact]
    public void Parameters_are_tensors()
    {
        var (network, whole) = (Network(), Network());
        PretrainedWeights.Load(whole, File("network.pt"));
        Assert.Equal(6, PretrainedWeights.Load(network, File("parameters.pt"), strict: false).Loaded.Count);
        Assert.True(whole.state_dict()["3.weight"].Equals(network.state_dict()["3.weight"]));
    }

    [Fact]
    public void Views_and_types_are_what_they_were()
    {
        var expected = new Named(Views());
        var read = new Named([.. Views().Select(pair => (pair.Name, pair.Value.zero_()))]);
        PretrainedWeights.Load(read, File("views.pt"));
        foreach (var (name, tensor) in expected.state_dict()) Assert.True(tensor.Equals(read.state_dict()[name]), name);

        static (string Name, Tensor Value)[] Views()
        {
            Tensor Base() => tensor([.. Enumerable.Range(1, 24).Select(i => i / 4f)], [6L, 4L]);
            return
            [
                ("whole", Base()), ("rows", Base().narrow(0, 2, 2).clone()), ("transposed", Base().t().contiguous()),
                ("every_other", tensor(new[] { 1.5f, 3.5f, 5.5f })), ("scalar", tensor(6f)), ("empty", zeros(0, 4)),
                ("half", Base().half()), ("bfloat", Base().bfloat16()), ("double", Base().to(ScalarType.Float64)),
                ("long", tensor(new[] { -1L, 1L << 40 })), ("int", tensor(new[] { -3 })),
                ("short", tensor(new short[] { -2 })), ("char", tensor(new sbyte[] { -128 })),
                ("byte", tensor(new byte[] { 255 })), ("bool", tensor(new[] { true, false })),
            ];
        }
    }

    [Theory]
    [InlineData("system.pt", "names 'posix.system', which PyTorch would load and might run")]
    [InlineData("eval.pt", "eval', which PyTorch would load and might run")]
    [InlineData("module.pt", "names 'torch.nn.modules.container.Sequential'")]
    [InlineData("checkpoint.pt", "'model' is no tensor")]
    [InlineData("list.pt", "holds no dictionary of tensors")]
    [InlineData("expanded.pt", "'expanded' is said to be [1000] with strides [0] from 0 on, but its storage has 1 elements")]
    [InlineData("old.pt", "is in PyTorch's format before 1.6")]
    [InlineData("compressed.pt", "'archive/data.pkl' is compressed")]
    [InlineData("other.pt", "none that torch.save wrote: it has no data.pkl")]
    public void What_is_no_dictionary_of_tensors_is_refused(string file, string words)
    {
        var network = Network();
        using var before = network.state_dict()["0.weight"].clone();
        var error = Assert.Throws<InvalidDataException>(() => PretrainedWeights.Load(network, File(file), strict: false));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(File(file), error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists("harm-was-done"));
        Assert.True(before.Equals(network.state_dict()["0.weight"]));
    }

    // Each byte in turn, and each length: what comes is a network with numbers, or an error that names the file.
    [Fact]
    public void A_damaged_file_is_an_error_in_our_words()
    {
        byte[] whole = System.IO.File.ReadAllBytes(File("network.pt"));
        Assert.InRange(Refused(Damaged(whole, i => i % 2 == 0 ? 0xff : 1 << (i % 8))), whole.Length, 2 * whole.Length);
    }

    // In an archive that is right, so that nothing but the reader of the pickle can tell.
    [Fact]
    public void A_damaged_pickle_is_an_error_in_our_words()
    {
        using var source = ZipFile.OpenRead(File("network.pt"));
        var entries = source.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
        string pickle = entries.Keys.Single(name => name.EndsWith("data.pkl", StringComparison.Ordinal));
        byte[] whole = entries[pickle];
        var random = new Random(1);
        int refused = Refused(Damaged(whole, _ => random.Next(1, 256)).Select(damaged =>
        {
            var written = new MemoryStream();
            using (var archive = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, content) in entries)
                {
                    using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                    stream.Write(name == pickle ? damaged : content);
                }
            }

            return written.ToArray();
        }));
        Assert.InRange(refused, whole.Length, 2 * whole.Length);
    }

    private static IEnumerable<byte[]> Damaged(byte[] whole, Func<int, int> flip)
    {
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= (byte)flip(i);
            yield return flipped;
            yield return whole[..i];
        }
    }

    private static int Refused(IEnumerable<byte[]> files)
    {
        string path = Path.GetTempFileName();
        using var network = Network();
        int refused = 0;
        foreach (byte[] file in files)
        {
            System.IO.File.WriteAllBytes(path, file);
            try
            {
                PretrainedWeights.Load(network, path, strict: false);
            }
            catch (InvalidDataException error)
            {
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        System.IO.File.Delete(path);
        return refused;
    }

    private static nn.Module<Tensor, Tensor> Network() =>
        nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2));

    private static string File(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "files", name);

    /// <summary>Tensors of any type by name.</summary>
    private sealed class Named : nn.Module
    {
        public Named(params (string Name, Tensor Value)[] tensors)
            : base(nameof(Named))
        {
            foreach (var (name, value) in tensors) register_buffer(name, value);
        }
    }
}
