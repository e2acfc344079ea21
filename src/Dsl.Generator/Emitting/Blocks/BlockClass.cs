using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Emitting.Blocks;

/// <summary>A class for the uses of a block whose code is the same but for sizes.</summary>
/// <param name="Name">Its name in the model's class.</param>
internal sealed record BlockClass(string Name, IReadOnlyList<BlockUse> Uses, BlockSizes Sizes)
{
    public bool HasState => Uses[0].Parameters.Count + Uses[0].Buffers.Count > 0;

    // A parameter that nothing reads is a warning of C#.
    private bool ReadsModel =>
        Sizes.Entries.Any(entry => entry.Text.Contains("model.") || entry.Expression.Contains("model."));

    /// <summary>The expression that makes the object of a use.</summary>
    public string Create(BlockUse use)
    {
        int index = Uses.ToList().IndexOf(use);
        var sizes = Sizes.Arguments.Select(argument => $"{argument.Name}: {argument.Values[index]}");
        string[] arguments = [.. ReadsModel ? new[] { "this" } : [], .. HasState ? new[] { $"\"{use.Block.Path}\"" } : [],
            .. sizes];
        return $"new {Name}({string.Join(", ", arguments)})";
    }

    public void Write(CodeWriter code, string model)
    {
        code.Line();
        foreach (string line in Summary()) code.Line(line);
        string[] parameters =
        [
            .. ReadsModel ? new[] { $"{model} model" } : [],
            .. HasState ? new[] { "string path" } : [],
            .. Sizes.Arguments.Select(argument => $"int {argument.Name}"),
        ];
        using (code.Block($"public sealed class {Name}({string.Join(", ", parameters)})"))
            RecordedCode.Write(
                Sizes.Entries.Select(entry => entry with { Text = entry.Text.Replace(BlockText.ClassName, Name) }), code);
    }

    private IEnumerable<string> Summary()
    {
        string block = Uses[0].Block.Name;
        if (Sizes.Letters.Count == 0)
        {
            yield return $"/// <summary>The block {block}: block {Places(Uses)}.</summary>";
            yield break;
        }

        yield return "/// <summary>";
        yield return $"/// The block {block}.";
        foreach (var alike in Uses.Select((use, i) => (Use: use, Index: i))
            .GroupBy(use => string.Join(", ", Sizes.Letters.Select(letter => $"{letter.Letter} = {letter.Values[use.Index]}"))))
            yield return $"/// Block {Places([.. alike.Select(use => use.Use)])}: {alike.Key}.";
        yield return "/// </summary>";
    }

    private static string Places(IReadOnlyList<BlockUse> uses) => string.Join(", ", uses.Select(use => use.Block.Path));
}
