using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>What parts of a model are called in files of pretrained weights.</summary>
internal static class PretrainedChecker
{
    public static void Check(ModelDeclaration declaration, NetworkProgram network, Findings findings)
    {
        var tensors = network.Parameters.Select(parameter => parameter.Name)
            .Concat(network.Aliases.Select(alias => alias.Name))
            .Concat(network.Buffers.Select(buffer => buffer.Name)).ToList();
        var known = tensors.Concat(tensors.SelectMany(ParameterPath.Beginnings)).Distinct().ToList();
        var names = new HashSet<string>();
        foreach (var attribute in declaration.Pretrained)
        {
            if (AttributeBinder.Bind<PretrainedAttribute>(attribute, findings) is not { } declared) continue;
            string path = declared.Attribute.Path, from = declared.Attribute.From;
            bool isTensor = tensors.Contains(path);
            if (path.Length > 0 && !known.Contains(path))
            {
                findings.Add(Catalogue.UnknownPretrained, declared.SiteOf("path"), path, declaration.Type.Name,
                    ParameterPath.Near(path, tensors, known)).Offer(declared.Correct("path", path, known));
            }
            else if (isTensor && from.Length == 0)
            {
                findings.Add(Catalogue.EmptyPretrained, declared.Site,
                    $"\"{path}\" is one tensor: say by From what it is called in the file");
            }
            else if (path == from)
            {
                findings.Add(Catalogue.EmptyPretrained, declared.Site,
                    path.Length == 0 ? "it names no part, neither of the model nor of the file"
                        : $"\"{path}\" has the same name in the file").Offer(declared.Remove());
            }
            else if (!names.Add(from))
            {
                findings.Add(Catalogue.EmptyPretrained, declared.SiteOf(nameof(declared.Attribute.From)),
                    $"another one has taken what the file calls \"{from}\"");
            }
            else
            {
                network.Pretrained.Add(isTensor ? new PretrainedPart(from, path)
                    : new PretrainedPart(Beginning(from), Beginning(path)));
            }
        }

        // The longest decides, and the runtime takes the first that fits.
        network.Pretrained.Sort((left, right) => right.From.Length.CompareTo(left.From.Length));
    }

    private static string Beginning(string path) => path.Length == 0 ? "" : path + ".";
}
