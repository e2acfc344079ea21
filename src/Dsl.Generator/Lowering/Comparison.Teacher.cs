using Dsl.Generator.Graph;

namespace Dsl.Generator.Lowering;

/// <summary>What the teacher that the trainer is given says of a batch.</summary>
internal sealed partial class Comparison
{
    /// <summary>
    /// What the given teacher predicts for the same input that the network sees, in the shape of what is read. Of an ensemble the
    /// logits of its mean.
    /// </summary>
    /// <param name="temperature">What softens the predictions of which an ensemble's arithmetic mean is taken.</param>
    public Value TeacherResult(Scalar temperature) => Step.AskTeacher(Compared, temperature);

    /// <summary>The logits of <see cref="TeacherResult"/>; a row for each label, [M, K].</summary>
    public Value TeacherLogits(Scalar temperature) => Step.Rows(TeacherResult(temperature));

    /// <summary>What each one of an ensemble predicts, [N, M, ...].</summary>
    public Value ResultOfEachTeacher => Step.AskEachTeacher(Compared);

    /// <summary>How many teachers there are, as a C# expression.</summary>
    public string TeacherCount => $"{Step.Teacher!.Player.Field}.Length";

    /// <summary>An output or a tagged value of the declared teacher for the same input that the network sees.</summary>
    public Value TeacherFeature(string name) => Step.TeacherFeature(name);

    /// <summary>The type of what is read.</summary>
    private TensorType Compared => Step.TypeOf(Of);
}
