using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Fuzz;

/// <summary>What reads files that somebody else may have written. Each takes the bytes of one; it may refuse them by the
/// exceptions that its documentation names, and by nothing else.</summary>
internal static class Readers
{
    private static readonly string Folder = NewFolder();

    private static readonly PictureNet Net = new(new Generator(1));

    private static readonly NetTrainer Trainer = NewTrainer();

    /// <summary>Each by its name.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["safetensors"] = content => Safetensors.Read(File("tensors", content)).Dispose(),
        ["checkpoint"] = Resume,
        ["model"] = content => PictureNet.Load(File("model", content)).Dispose(),
        ["idx"] = content =>
        {
            using var data = IdxData.Read(new MemoryStream(content), new MemoryStream(Seeds.Labels));
        },
        ["csv"] = content => Row.Load(File("rows.csv", content)),
        ["image"] = content => Net.Predict(content),
        ["coco"] = content => AnnotatedImages.ReadCoco(File("boxes.json", content)),
        ["voc"] = content =>
        {
            File("one.xml", content);
            AnnotatedImages.ReadVoc(Folder, "cat", "dog");
        },
        ["vectors"] = content => WordVectors.Load(File("words.txt", content)).Dispose(),
    };

    /// <summary>Reads bytes.</summary>
    /// <returns>Whether they were accepted; false where they were refused as documented.</returns>
    public static bool Accepts(string target, byte[] content)
    {
        try
        {
            All[target](content);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // A file that is refused changes nothing.
    private static void Resume(byte[] content)
    {
        using var before = Trainer.Model.Arena.Values.clone();
        try
        {
            Trainer.Resume(File("checkpoint", content), withOtherNumbers: true);
        }
        catch (InvalidDataException)
        {
            if (Trainer.StepCount != 0 || !before.Equals(Trainer.Model.Arena.Values))
                throw new InvalidOperationException("A checkpoint that was refused has changed the trainer.");
            throw;
        }

        using var unrecorded = no_grad();
        Trainer.Resume(Path.Combine(Folder, "first"));
    }

    private static NetTrainer NewTrainer()
    {
        var trainer = new NetTrainer(new Net(new Generator(1)));
        trainer.Save(Path.Combine(Folder, "first"));
        return trainer;
    }

    private static string File(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    // In memory where the system has a folder for that: millions of files are written.
    private static string NewFolder()
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Combine(parent, $"dsl-fuzz-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
