using System.Buffers.Binary;
using System.Numerics;
using Tensorboard;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Progress;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scalars_can_be_read_back()
    {
        ITrainingProgress log = new CombinedProgress(new TensorBoardLog(_folder.File("runs/x"), every: 2));
        using Tensor loss = tensor(0.5f), term = tensor(0.25f);
        log.Started(new TrainingRun("Trainer", 4, 2));
        for (int step = 1; step <= 4; step++)
        {
            log.Stepped(step, loss, [("crossEntropy", term), ("seldom", null)]);
            if (step % 2 != 0) continue;
            log.EpochEnded(new EpochReport(step / 2, 2, 0.125 * step)
            {
                LearningRate = 1e-3, Losses = [("crossEntropy", 2)], Validation = [("loss", 3), ("accuracy", double.NaN)],
                Accuracy = 0.75,
            });
        }

        log.Finished(new TrainingReport("Trainer", 4, TimeSpan.FromSeconds(1), 0.5));
        var scalars = Scalars(_folder.File("runs/x"));
        string[] tags =
        [
            "step/loss", "step/crossEntropy", "epoch/loss", "epoch/crossEntropy", "epoch/accuracy", "validation/loss",
            "validation/accuracy",
            "learningRate",
        ];
        Assert.Equal([.. tags.Select(tag => (tag, 2L)), .. tags.Select(tag => (tag, 4L))],
            scalars.Select(scalar => (scalar.Tag, scalar.Step)));
        Assert.Equal([0.5f, 0.25f, 0.25f, 2, 0.75f, 3, float.NaN, 1e-3f], scalars.Take(8).Select(scalar => scalar.Value));
        Assert.Equal(0.5f, scalars.Last(scalar => scalar.Tag == "epoch/loss").Value);
    }

    [Fact]
    public void A_choice_from_outside_writes_each_run_to_a_folder_of_its_own()
    {
        var choice = ProgressChoice.Parse($"none,tensorboard:{_folder.File("runs")}");
        for (int run = 0; run < 2; run++)
        {
            ConsoleProgress.Run("Net / 1", progress => Train(progress), Spectre.Console.AnsiConsole.Console, choice);
        }

        Assert.Equal(["Net _ 1", "Net _ 1-2"], Directory.GetDirectories(_folder.File("runs")).Select(Path.GetFileName).Order());
        Assert.Equal(1.5f, Assert.Single(Scalars(_folder.File("runs/Net _ 1-2"))).Value);
    }

    private static int Train(ITrainingProgress progress)
    {
        using var loss = tensor(1.5f);
        for (int step = 1; step <= 50; step++) progress.Stepped(step, loss);
        return 0;
    }

    // A file is records: length, its checksum, an event, its checksum (TensorFlow's record format).
    private static List<(string Tag, long Step, float Value)> Scalars(string folder)
    {
        var found = new List<(string, long, float)>();
        foreach (string path in Directory.GetFiles(folder).Order())
        {
            ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
            while (rest.Length > 0)
            {
                int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
                Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
                Assert.Equal(Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
                var recorded = Event.Parser.ParseFrom(rest.Slice(12, length).ToArray());
                if (recorded.Summary is { } summary)
                    found.AddRange(summary.Value.Select(value => (value.Tag, recorded.Step, value.SimpleValue)));
                rest = rest[(16 + length)..];
            }
        }

        return found;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
    }
}
